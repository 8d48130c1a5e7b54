// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IDealVault} from "../../src/interfaces/IDealVault.sol";
import {DealVault} from "../../src/reward/DealVault.sol";
import {Fixture} from "../Fixture.sol";

/// @dev What the guardian can stop, and what nobody can: every way out works while everything is paused.
contract GuardianTest is Fixture {
    function _pauseAll() private {
        vm.startPrank(guardian);
        issuer.pause();
        desk.pause();
        pool.pause();
        vm.stopPrank();
    }

    function test_pauseStopsWhatComesIn() public {
        uint256 deedId = _deed("h200", 1);
        _pauseAll();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(owner);
        issuer.issue(deedId, HOST_HOUR, 1, 1 hours);
        uint256[] memory ids = new uint256[](1);
        ids[0] = deedId;
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(owner);
        desk.list(ids, _debt());
        _mint(lender, 1e18);
        assertEq(pool.maxDeposit(lender), 0);
        vm.startPrank(lender);
        aid.approve(address(pool), 1e18);
        vm.expectRevert();
        pool.deposit(1e18, lender);
        vm.stopPrank();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(admin);
        pool.fund(address(1));
    }

    function test_lendersLeaveWhilePaused() public {
        uint256 shares = _deposit(lender, 1_000e18);
        _pauseAll();
        vm.startPrank(lender);
        pool.requestRedeem(shares / 2, lender, lender);
        assertEq(pool.processRedeems(1), 1);
        pool.redeem(shares / 4, lender, lender);
        pool.withdraw(pool.maxWithdraw(lender), lender, lender);
        pool.transfer(owner, shares / 2);
        vm.stopPrank();
        assertEq(aid.balanceOf(lender), 500e18);
    }

    function test_dealsGoOnWhilePaused() public {
        DealVault vault = _fundedDeal("one", _debt());
        DealVault shared = _fundedDeal("two", _share());
        DealVault listed = _list(_deed("three", 0), _debt());
        _pay(shared, 1, 100e18);
        _pauseAll();
        vm.warp(block.timestamp + 30 days);
        _pay(vault, 0, 1_500e18);
        vm.prank(owner);
        assertGt(vault.claim(), 0);
        assertGt(vault.claimFor(servicer), 0);
        vm.prank(owner);
        desk.withdrawListing(address(listed));
        uint256 owed = vault.balances().principal + vault.balances().interest;
        address payer = makeAddr("payer");
        _mint(payer, owed);
        vm.startPrank(payer);
        aid.approve(address(vault), owed);
        vault.repay(owed);
        vm.stopPrank();
        vault.close();
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Closed));
        vm.warp(block.timestamp + 90 days);
        shared.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        shared.enforce();
    }

    function test_capacityIsUsedAndSettledWhilePaused() public {
        uint256 deedId = _deed("h200", 2);
        vm.startPrank(owner);
        issuer.issue(deedId, HOST_HOUR, 2, 10 hours);
        vm.stopPrank();
        _pauseAll();
        vm.prank(owner);
        issuer.redeem(deedId, HOST_HOUR, 1e18);
        vm.warp(block.timestamp + 10 hours);
        issuer.settle(deedId, HOST_HOUR);
        vm.prank(owner);
        registry.transferFrom(owner, lender, deedId);
    }

    function test_validatorsLeaveWhilePaused() public {
        _pauseAll();
        vm.startPrank(operators[0]);
        validators.requestUnstake(STAKE);
        vm.warp(block.timestamp + validators.withdrawalDelay());
        assertEq(validators.withdraw(operators[0]), STAKE);
        vm.stopPrank();
    }

    function test_guardianCannotUndoItNorTouchAnythingElse() public {
        _pauseAll();
        bytes[9] memory calls = [
            abi.encodeCall(issuer.unpause, ()),
            abi.encodeCall(desk.unpause, ()),
            abi.encodeCall(pool.unpause, ()),
            abi.encodeCall(pool.fund, (lender)),
            abi.encodeCall(pool.closeDeal, (lender)),
            abi.encodeCall(pool.setFrozenTokens, (lender, 1)),
            abi.encodeCall(registry.setFrozenTokens, (lender, 1, true)),
            abi.encodeCall(aid.mint, (guardian, 1)),
            abi.encodeCall(validators.slash, (lender, 1, 0, guardian, 1, ""))
        ];
        address[9] memory targets = [
            address(issuer),
            address(desk),
            address(pool),
            address(pool),
            address(pool),
            address(pool),
            address(registry),
            address(aid),
            address(validators)
        ];
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(guardian);
            (bool done, bytes memory why) = targets[i].call(calls[i]);
            assertFalse(done);
            assertEq(why, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        }
        vm.startPrank(admin);
        issuer.unpause();
        desk.unpause();
        pool.unpause();
        vm.stopPrank();
        _deposit(lender, 1e18);
    }
}
