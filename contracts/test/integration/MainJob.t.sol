// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAssetRegistry} from "../../src/interfaces/IAssetRegistry.sol";
import {ICapacityIssuer} from "../../src/interfaces/ICapacityIssuer.sol";
import {IDealVault} from "../../src/interfaces/IDealVault.sol";
import {DealVault} from "../../src/reward/DealVault.sol";
import {Fixture} from "../Fixture.sol";

/// @dev The whole way of one machine: attested, registered, issued, listed, funded, paid, claimed.
contract MainJobTest is Fixture {
    function test_debtFromAttestationToClaim() public {
        uint256 deedId = _deed("h200-0", 1);
        assertEq(registry.ownerOf(deedId), owner);
        IAssetRegistry.Record memory deed = registry.record(deedId);
        assertEq(uint8(deed.state), uint8(IAssetRegistry.State.Active));
        assertEq(deed.assetKey, keccak256("h200-0"));
        assertEq(registry.deedOf(keccak256("h200-0")), deedId);

        vm.prank(owner);
        uint256 amount = issuer.issue(deedId, HOST_HOUR, 1, 30 days);
        assertEq(amount, 720e18);
        assertEq(issuer.tokenOf(HOST_HOUR).balanceOf(owner), 720e18);

        _deposit(lender, 50_000e18);
        DealVault vault = _list(deedId, _debt());
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Listed));
        _fund(vault);
        // 360 days at 100 bps a year is 98 bps of the advance.
        assertEq(aid.balanceOf(owner), 10_000e18 - 98e18);

        vm.warp(block.timestamp + 30 days);
        uint256 interest = uint256(10_000e18) * 1_200 * 30 days / (10_000 * 365 days);
        assertApproxEqAbs(vault.balances().interest, interest, 1);
        _pay(vault, 720, 2_000e18);
        uint256 principal = uint256(10_000e18) - uint256(10_000e18) * 11 / 12;
        IDealVault.Balances memory after_ = vault.balances();
        assertApproxEqAbs(after_.principal, 10_000e18 - principal, 1);
        assertEq(after_.reserve, 500e18);
        assertEq(vault.claimable(servicer), 20e18);
        uint256 residual = vault.claimable(owner);
        assertApproxEqAbs(residual, 2_000e18 - 20e18 - interest - principal - 500e18, 2);
        vm.prank(owner);
        vault.claim();
        assertEq(aid.balanceOf(owner), 9_902e18 + residual);
        assertGt(pool.depositNav(), 50_000e18);
    }

    function test_revenueShareFollowsPerformance() public {
        DealVault vault = _fundedDeal("h200-1", _share());
        uint64 epoch = _perform(keccak256("h200-1"), 9_000, 10_000);
        _pay(vault, epoch, 1_000e18);
        // 1 % servicer, then 90 % of 990 distributed: 40 % of it to the pool.
        assertEq(vault.balances().seniorReceived, 990e18 * 9 / 10 * 4 / 10);
        assertEq(vault.balances().trapped, 99e18);
        assertEq(vault.claimable(owner), 990e18 * 9 / 10 * 6 / 10);
    }

    function test_unattestedEpochWaitsInEscrow() public {
        DealVault vault = _fundedDeal("h200-2", _share());
        _pay(vault, 5, 1_000e18);
        assertEq(vault.balances().escrowed, 1_000e18);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.ReadingMissing.selector, keccak256("h200-2"), 5));
        vault.releaseEscrow(5);
    }

    function test_capacityLapsesAndDeedUnlocks() public {
        uint256 deedId = _deed("h200-3", 2);
        vm.startPrank(owner);
        issuer.issue(deedId, HOST_HOUR, 2, 10 hours);
        vm.warp(block.timestamp + 4 hours);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(issuer.tokenOf(HOST_HOUR).totalSupply(), 12e18);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.CapacityOutstanding.selector, deedId));
        registry.transferFrom(owner, lender, deedId);
        vm.warp(block.timestamp + 6 hours);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(issuer.tokenOf(HOST_HOUR).totalSupply(), 0);
        registry.transferFrom(owner, lender, deedId);
        vm.stopPrank();
    }

    function test_redemptionIsServedAndClaimed() public {
        uint256 shares = _deposit(lender, 1_000e18);
        vm.startPrank(lender);
        pool.requestRedeem(shares, lender, lender);
        assertEq(pool.processRedeems(10), 1);
        assertEq(pool.maxWithdraw(lender), 1_000e18);
        pool.redeem(shares, lender, lender);
        vm.stopPrank();
        assertEq(aid.balanceOf(lender), 1_000e18);
        assertEq(pool.totalSupply(), 0);
    }
}
