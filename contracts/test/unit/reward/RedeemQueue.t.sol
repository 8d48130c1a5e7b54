// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IAssetPool} from "../../../src/interfaces/IAssetPool.sol";
import {IERC7540Operator, IERC7540Redeem} from "../../../src/interfaces/IERC7540Redeem.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev The way out of the pool: ERC-7540 requests, served in their order at the withdrawal NAV.
contract RedeemQueueTest is Fixture {
    address private anna = makeAddr("anna");
    address private bert = makeAddr("bert");
    address private agent = makeAddr("agent");

    function _request(address who, uint256 shares) private {
        vm.prank(who);
        pool.requestRedeem(shares, who, who);
    }

    /* THE STANDARD */

    function test_theStandardsFace() public {
        assertTrue(pool.supportsInterface(0x01ffc9a7));
        assertTrue(pool.supportsInterface(0xe3bc4e65));
        assertTrue(pool.supportsInterface(0x620ee8e4));
        assertTrue(pool.supportsInterface(0x2f0a18c5));
        assertFalse(pool.supportsInterface(0xffffffff));
        assertFalse(pool.supportsInterface(0xce3bbe50));
        assertEq(type(IERC7540Redeem).interfaceId, bytes4(0x620ee8e4));
        assertEq(type(IERC7540Operator).interfaceId, bytes4(0xe3bc4e65));
        vm.expectRevert(IAssetPool.AsyncOnly.selector);
        pool.previewRedeem(1);
        vm.expectRevert(IAssetPool.AsyncOnly.selector);
        pool.previewWithdraw(1);
    }

    function test_aRequestTakesTheSharesAndWaits() public {
        uint256 shares = _deposit(anna, 100e18);
        vm.expectEmit(address(pool));
        emit IERC7540Redeem.RedeemRequest(anna, anna, 0, anna, shares);
        vm.prank(anna);
        assertEq(pool.requestRedeem(shares, anna, anna), 0);
        assertEq(pool.balanceOf(anna), 0);
        assertEq(pool.balanceOf(address(pool)), shares);
        assertEq(pool.pendingRedeemRequest(0, anna), shares);
        assertEq(pool.claimableRedeemRequest(0, anna), 0);
        (uint256 waiting, uint256 first) = pool.queueLength();
        assertEq(waiting, 1);
        assertEq(first, shares);
        vm.expectEmit(address(pool));
        emit IAssetPool.RedeemServed(anna, shares, 100e18);
        assertEq(pool.processRedeems(5), 1);
        assertEq(pool.pendingRedeemRequest(0, anna), 0);
        assertEq(pool.claimableRedeemRequest(0, anna), shares);
        assertEq(pool.maxRedeem(anna), shares);
        assertEq(pool.maxWithdraw(anna), 100e18);
        assertEq(pool.reservedAssets(), 100e18);
        assertEq(pool.cash(), 0);
        (waiting, first) = pool.queueLength();
        assertEq(waiting + first, 0);
        assertEq(pool.processRedeems(5), 0);
    }

    function test_nobodyAsksForAnother() public {
        uint256 shares = _deposit(anna, 100e18);
        vm.startPrank(bert);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, bert, 0, shares));
        pool.requestRedeem(shares, bert, anna);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, bert, 0, 1));
        pool.requestRedeem(1, bert, address(pool));
        vm.expectRevert(IAssetPool.ZeroShares.selector);
        pool.requestRedeem(0, bert, bert);
        vm.stopPrank();
        vm.prank(anna);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.NotAuthorized.selector, anna, address(0)));
        pool.requestRedeem(shares, address(0), anna);
    }

    function test_allowanceAndOperatorMay() public {
        uint256 shares = _deposit(anna, 100e18);
        vm.startPrank(anna);
        pool.approve(bert, shares / 2);
        vm.expectEmit(address(pool));
        emit IERC7540Operator.OperatorSet(anna, agent, true);
        assertTrue(pool.setOperator(agent, true));
        vm.stopPrank();
        assertTrue(pool.isOperator(anna, agent));
        vm.prank(bert);
        pool.requestRedeem(shares / 2, anna, anna);
        assertEq(pool.allowance(anna, bert), 0);
        vm.prank(agent);
        pool.requestRedeem(shares / 2, anna, anna);
        pool.processRedeems(2);
        vm.startPrank(bert);
        bytes memory refused = abi.encodeWithSelector(IAssetPool.NotAuthorized.selector, bert, anna);
        vm.expectRevert(refused);
        pool.redeem(1, bert, anna);
        vm.expectRevert(refused);
        pool.withdraw(1, bert, anna);
        vm.stopPrank();
        vm.prank(agent);
        pool.redeem(shares, bert, anna);
        assertEq(aid.balanceOf(bert), 100e18);
        vm.prank(anna);
        pool.setOperator(agent, false);
        assertFalse(pool.isOperator(anna, agent));
    }

    /* CLAIMING */

    function test_claimsInPartsByEitherMeasure() public {
        uint256 shares = _deposit(anna, 90e18);
        _request(anna, shares);
        pool.processRedeems(1);
        vm.startPrank(anna);
        assertEq(pool.redeem(shares / 3, anna, anna), 30e18);
        assertEq(pool.withdraw(30e18, anna, anna), shares / 3);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.MoreThanClaimable.selector, 31e18, 30e18));
        pool.withdraw(31e18, anna, anna);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.MoreThanClaimable.selector, shares, shares / 3));
        pool.redeem(shares, anna, anna);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.MoreThanClaimable.selector, 0, shares / 3));
        pool.redeem(0, anna, anna);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.MoreThanClaimable.selector, 0, 30e18));
        pool.withdraw(0, anna, anna);
        pool.redeem(shares / 3, anna, anna);
        vm.stopPrank();
        assertEq(aid.balanceOf(anna), 90e18);
        assertEq(pool.reservedAssets(), 0);
        assertEq(pool.maxRedeem(anna), 0);
    }

    /* ORDER AND PRICE */

    function test_firstComeFirstServed() public {
        (uint256 a, uint256 b) = (_deposit(anna, 100e18), _deposit(bert, 100e18));
        _request(bert, b);
        _request(anna, a);
        assertEq(pool.processRedeems(1), 1);
        assertEq(pool.maxWithdraw(bert), 100e18);
        assertEq(pool.maxWithdraw(anna), 0);
        assertEq(pool.processRedeems(1), 1);
        assertEq(pool.maxWithdraw(anna), 100e18);
    }

    /// @dev What cash there is goes to the front, in part if need be; nobody behind it is served before.
    function test_theFrontIsServedInPart() public {
        DealVault vault = _fundedDeal("a", _debt());
        uint256 shares = pool.balanceOf(lender);
        uint256 b = _deposit(bert, 1_000e18);
        _request(lender, shares);
        _request(bert, b);
        assertEq(pool.processRedeems(9), 0);
        assertApproxEqAbs(pool.maxWithdraw(lender), 41_000e18, 1);
        assertLe(pool.cash(), 1);
        assertEq(pool.maxWithdraw(bert), 0);
        assertEq(pool.processRedeems(9), 0);
        _repay(vault, 10_000e18);
        assertEq(pool.processRedeems(9), 2);
        assertApproxEqAbs(pool.maxWithdraw(lender), 50_000e18, 2);
        assertApproxEqAbs(pool.maxWithdraw(bert), 1_000e18, 2);
        assertEq(pool.totalSupply(), 0);
    }

    /// @dev A deal that is late marks the price of all who leave while it is, and those who stay win what they gave up.
    function test_leavingPaysTheLowerPrice() public {
        DealVault vault = _fundedDeal("a", _debt());
        uint256 b = _deposit(bert, 10_000e18);
        vm.warp(block.timestamp + 61 days);
        vault.declareDelinquent();
        assertEq(pool.depositNav(), 60_000e18);
        assertEq(pool.withdrawalNav(), 55_000e18);
        _request(bert, b);
        pool.processRedeems(1);
        assertApproxEqAbs(pool.maxWithdraw(bert), uint256(10_000e18) * 55 / 60, 10);
        assertGt(pool.convertToAssets(pool.balanceOf(lender)), 50_000e18);
        assertLt(pool.convertToAssetsWithLoss(pool.balanceOf(lender)), 50_000e18);
    }

    /// @dev What was served earns and loses nothing any more.
    function test_servedAssetsAreFixed() public {
        DealVault vault = _fundedDeal("a", _debt());
        uint256 b = _deposit(bert, 5_000e18);
        _request(bert, b);
        pool.processRedeems(1);
        uint256 fixed_ = pool.maxWithdraw(bert);
        vm.warp(block.timestamp + 61 days);
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        vm.prank(admin);
        pool.closeDeal(address(vault));
        assertEq(pool.maxWithdraw(bert), fixed_);
        vm.prank(bert);
        pool.withdraw(fixed_, bert, bert);
        assertEq(aid.balanceOf(bert), fixed_);
    }

    /// @dev A pool that lost all it had serves its queue with nothing.
    function test_aPoolThatLostAllPaysNothing() public {
        uint256 shares = _deposit(lender, 20_000e18);
        uint256 leave = shares / 2;
        DealVault vault = _list(_deed("a", 0), _debt());
        _fund(vault);
        _request(lender, leave);
        pool.processRedeems(1);
        assertEq(pool.cash(), 0);
        vm.warp(block.timestamp + 61 days);
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        vm.prank(admin);
        pool.closeDeal(address(vault));
        assertEq(pool.depositNav(), 0);
        uint256 rest = pool.balanceOf(lender);
        _request(lender, rest);
        assertEq(pool.processRedeems(1), 1);
        assertEq(pool.totalSupply(), 0);
        assertEq(pool.maxWithdraw(lender), 10_000e18);
        uint256 served = pool.maxRedeem(lender);
        vm.prank(lender);
        pool.redeem(served, lender, lender);
        assertEq(aid.balanceOf(lender), 10_000e18);
    }

    /* FUZZ */

    /// @dev Served and paid together never exceed what came in, and everybody gets his part to the base unit or one less.
    function testFuzz_everybodyGetsHisPart(uint96[3] memory amounts, uint8 order, uint8 parts) public {
        address[3] memory who = [anna, bert, lender];
        uint256[3] memory shares;
        uint256 sum;
        for (uint256 i; i < 3; ++i) {
            uint256 amount = bound(amounts[i], 1e6, type(uint96).max);
            shares[i] = _deposit(who[i], amount);
            amounts[i] = uint96(amount);
            sum += amount;
        }
        for (uint256 i; i < 3; ++i) {
            uint256 at = (i + order) % 3;
            uint256 part = shares[at] / (1 + uint256(parts) % 3);
            _request(who[at], part);
            if (part != shares[at]) _request(who[at], shares[at] - part);
        }
        pool.processRedeems(100);
        uint256 paid;
        for (uint256 i; i < 3; ++i) {
            uint256 served = pool.maxRedeem(who[i]);
            vm.prank(who[i]);
            paid += pool.redeem(served, who[i], who[i]);
            assertApproxEqAbs(aid.balanceOf(who[i]), amounts[i], 3);
        }
        assertLe(paid, sum);
        assertEq(pool.reservedAssets(), 0);
        assertEq(aid.balanceOf(address(pool)), sum - paid);
    }
}
