// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC7943Fungible} from "../../../src/interfaces/IERC7943Fungible.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev ERC-7943 on a pool's shares: a regulated pool lists its holders, an open one does not.
contract PoolPermissionsTest is Fixture {
    address internal other = makeAddr("other");

    function test_regulatedPoolTakesListedHoldersOnly() public {
        vm.startPrank(admin);
        pool.switchAllowList(true);
        pool.setAllowed(lender, true);
        vm.stopPrank();
        uint256 shares = _deposit(lender, 10e18);
        assertEq(pool.maxDeposit(other), 0);
        assertEq(pool.maxMint(other), 0);
        _mint(other, 1e18);
        vm.startPrank(other);
        aid.approve(address(pool), 1e18);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, other, 1e18, 0));
        pool.deposit(1e18, other);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, other));
        vm.prank(lender);
        pool.transfer(other, shares);
        assertTrue(pool.supportsInterface(0x3edbb4c4));
    }

    function test_whoIsUnlistedCanStillRedeem() public {
        uint256 shares = _deposit(lender, 10e18);
        vm.prank(admin);
        pool.switchAllowList(true);
        vm.startPrank(lender);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotSend.selector, lender));
        pool.transfer(other, 1);
        pool.requestRedeem(shares, lender, lender);
        pool.processRedeems(1);
        pool.redeem(shares, lender, lender);
        vm.stopPrank();
        assertEq(aid.balanceOf(lender), 10e18);
    }

    function test_frozenSharesDoNotLeaveAndForceMovesThem() public {
        uint256 shares = _deposit(lender, 10e18);
        vm.prank(admin);
        pool.setFrozenTokens(lender, shares);
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, lender, shares, 0)
        );
        vm.prank(lender);
        pool.requestRedeem(shares, lender, lender);
        vm.startPrank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, lender, shares, shares + 1)
        );
        pool.forcedTransfer(lender, other, shares + 1);
        pool.forcedTransfer(lender, other, shares);
        vm.stopPrank();
        assertEq(pool.balanceOf(other), shares);
        assertEq(pool.getFrozenTokens(lender), 0);
        vm.prank(admin);
        pool.switchAllowList(true);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, lender));
        vm.prank(admin);
        pool.forcedTransfer(other, lender, 1);
    }

    function test_sharesHaveSixDecimalsMore() public view {
        assertEq(pool.decimals(), 24);
    }
}
