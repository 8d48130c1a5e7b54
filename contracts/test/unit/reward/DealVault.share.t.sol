// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Revenue share and hybrid: escrow, factor, cap, and the end.
contract DealVaultShareTest is Fixture {
    bytes32 private constant KEY = keccak256("a");

    function _epoch(uint16 uptime) private returns (uint64 epoch) {
        epoch = _perform(KEY, uptime, 10_000);
        vm.warp(attestations.epochStart(epoch + 1) + 1);
    }

    /* FACTOR AND ESCROW */

    function test_theFactorKeepsBackWhatWasNotPerformed() public {
        DealVault vault = _fundedDeal("a", _share());
        _pay(vault, _epoch(8_000), 1_000e18);
        assertEq(vault.balances().trapped, 198e18);
        assertEq(vault.balances().seniorReceived, 792e18 * 4 / 10);
        assertEq(vault.claimable(owner), 792e18 * 6 / 10);
        // What was kept back is shared once the machine performs.
        _pay(vault, _epoch(10_000), 100e18);
        assertEq(vault.balances().trapped, 0);
        assertEq(vault.balances().seniorReceived, (792e18 + 198e18 + 99e18) * 4 / uint256(10));
    }

    function test_escrowWaitsForTheReading() public {
        DealVault vault = _fundedDeal("a", _share());
        _pay(vault, 0, 1_000e18);
        _pay(vault, 0, 500e18);
        assertEq(vault.balances().escrowed, 1_500e18);
        assertEq(vault.claimable(servicer), 0);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.ReadingMissing.selector, KEY, 0));
        vault.releaseEscrow(0);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotInEscrow.selector, 1));
        vault.releaseEscrow(1);
        _epoch(10_000);
        vault.releaseEscrow(0);
        assertEq(vault.balances().escrowed, 0);
        assertEq(vault.balances().seniorReceived, 1_485e18 * 4 / uint256(10));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotInEscrow.selector, 0));
        vault.releaseEscrow(0);
    }

    function test_aDisputedReadingMeansEscrow() public {
        DealVault vault = _fundedDeal("a", _share());
        uint64 epoch = _epoch(10_000);
        vm.prank(guardian);
        oracle.setDisputed(KEY, epoch, true);
        _pay(vault, epoch, 1_000e18);
        assertEq(vault.balances().escrowed, 1_000e18);
        vm.prank(guardian);
        oracle.setDisputed(KEY, epoch, false);
        vault.releaseEscrow(epoch);
        assertEq(vault.balances().escrowed, 0);
    }

    /// @dev Two deeds: their mean counts, and both must have a reading.
    function test_theMeanOfAllDeedsCounts() public {
        _deposit(lender, 50_000e18);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (_deed("a", 0), _deed("b", 0));
        vm.prank(owner);
        DealVault vault = DealVault(desk.list(ids, _share()));
        _fund(vault);
        _perform(KEY, 10_000, 10_000);
        _pay(vault, 0, 100e18);
        assertEq(vault.balances().escrowed, 100e18);
        _perform(keccak256("b"), 5_000, 10_000);
        vault.releaseEscrow(0);
        assertEq(vault.balances().trapped, 99e18 / 4);
    }

    /* THE ADVANCE AND THE CAP */

    /// @dev The share gives the advance back first; what comes after is gain, which vests and pays the performance fee.
    function test_theAdvanceComesBackFirst() public {
        DealVault vault = _fundedDeal("a", _share());
        uint64 epoch = _epoch(10_000);
        uint256 nav = pool.depositNav();
        _pay(vault, epoch, 20_000e18);
        assertEq(vault.balances().principal, 10_000e18 - 7_920e18);
        assertEq(pool.depositNav(), nav);
        _pay(vault, epoch, 10_000e18);
        assertEq(vault.balances().principal, 0);
        uint256 gain = 7_920e18 + 3_960e18 - 10_000e18;
        assertEq(pool.depositNav(), nav);
        assertEq(pool.unvested(), gain * 85 / 100);
        assertEq(aid.balanceOf(treasury), gain * 15 / 100);
        vm.warp(block.timestamp + 7 days);
        assertEq(pool.depositNav(), nav + gain * 85 / 100);
    }

    function test_theSeniorGetsNoMoreThanTheCap() public {
        DealVault vault = _fundedDeal("a", _share());
        uint64 epoch = _epoch(10_000);
        _pay(vault, epoch, 100_000e18);
        assertEq(vault.balances().seniorReceived, 13_000e18);
        assertEq(vault.claimable(owner), 99_000e18 - 13_000e18);
        _pay(vault, epoch, 1_000e18);
        assertEq(vault.balances().seniorReceived, 13_000e18);
        vault.close();
        assertEq(uint8(registry.record(vault.deeds()[0]).state), uint8(IAssetRegistry.State.Active));
    }

    function testFuzz_neverAboveTheCap(uint96[5] memory amounts, uint16[5] memory uptimes, uint8 repaid) public {
        DealVault vault = _fundedDeal("a", _share());
        for (uint256 i; i < 5; ++i) {
            uint256 amount = bound(amounts[i], 1, 30_000e18);
            if (i == repaid % 8) _repay(vault, amount);
            else _pay(vault, _epoch(uint16(bound(uptimes[i], 0, 10_000))), amount);
        }
        assertLe(vault.balances().seniorReceived, 13_000e18);
        vm.warp(block.timestamp + 361 days);
        uint64 epoch = attestations.currentEpoch();
        _pay(vault, epoch, 1);
        vault.close();
        assertLe(vault.balances().seniorReceived, 13_000e18);
        uint256 credited = vault.claimable(owner) + vault.claimable(servicer) + vault.claimable(treasury);
        assertEq(aid.balanceOf(address(vault)), credited);
    }

    /* REPAYING A SHARE */

    /// @dev Paying ahead gives the advance back, and no way to what was kept back from everybody.
    function test_repayingIsNoWayToTheTrap() public {
        DealVault vault = _fundedDeal("a", _share());
        uint64 epoch = _epoch(5_000);
        _pay(vault, epoch, 10_000e18);
        uint256 trapped = vault.balances().trapped;
        assertEq(trapped, 4_950e18);
        uint256 had = vault.claimable(owner);
        _repay(vault, 10_000e18);
        assertEq(vault.balances().principal, 0);
        assertEq(vault.claimable(owner), had);
        assertEq(vault.balances().trapped, trapped + 10_000e18 - 8_020e18);
    }

    function test_repayingKeepsTheReserve() public {
        IDealVault.Terms memory terms = _share();
        terms.reserveBps = 500;
        DealVault vault = _fundedDeal("a", terms);
        _pay(vault, _epoch(10_000), 2_000e18);
        _repay(vault, 20_000e18);
        assertEq(vault.balances().reserve, 500e18);
        assertEq(vault.balances().principal, 0);
        assertGt(vault.balances().trapped, 10_000e18);
    }

    /* THE END */

    /// @dev At the end escrow and trap are shared as if all of it had been performed, up to the cap.
    function test_theEndSharesWhatWasKept() public {
        DealVault vault = _fundedDeal("a", _share());
        uint64 epoch = _epoch(10_000);
        _pay(vault, epoch, 30_000e18);
        assertEq(vault.balances().seniorReceived, 11_880e18);
        vm.warp(vault.fundedAt() + 360 days - 1);
        _pay(vault, 999_999, 2_000e18);
        vm.expectPartialRevert(IDealVault.NotRepaid.selector);
        vault.close();
        vm.warp(vault.fundedAt() + 360 days);
        uint256 had = vault.claimable(owner);
        vault.close();
        assertEq(vault.balances().seniorReceived, 11_880e18 + 800e18);
        assertEq(vault.claimable(owner), had + 1_200e18);
    }

    function test_theEndGivesTheAdvanceBackFirst() public {
        DealVault vault = _fundedDeal("a", _share());
        vm.warp(vault.fundedAt() + 360 days);
        _pay(vault, attestations.currentEpoch(), 13_100e18);
        vault.close();
        // 10,000 of the advance, then 40 % of 3,100, which is below the cap.
        assertEq(vault.balances().seniorReceived, 11_240e18);
        assertEq(vault.claimable(owner), 1_860e18);
    }

    function test_aLateShareDoesNotEndWithItsTerm() public {
        DealVault vault = _fundedDeal("a", _share());
        _pay(vault, _epoch(10_000), 1_000e18);
        vm.warp(vault.fundedAt() + 361 days);
        vm.expectPartialRevert(IDealVault.NotRepaid.selector);
        vault.close();
        vault.declareDelinquent();
        vm.expectPartialRevert(IDealVault.NotRepaid.selector);
        vault.close();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        assertEq(registry.ownerOf(vault.deeds()[0]), receiver);
    }

    /* HYBRID */

    function test_aHybridPaysItsDebtAndSharesTheRest() public {
        DealVault vault = _fundedDeal("a", _hybrid());
        vm.warp(vault.fundedAt() + 30 days);
        uint256 interest = vault.balances().interest;
        uint256 principal = vault.balances().overdue;
        uint64 epoch = _epoch(10_000);
        vm.warp(vault.fundedAt() + 30 days);
        _pay(vault, epoch, 3_000e18);
        uint256 left = 2_970e18 - interest - principal;
        assertEq(vault.balances().interest, 0);
        assertEq(vault.balances().overdue, 0);
        assertApproxEqAbs(vault.claimable(owner), left - left / 5, 2);
        assertEq(pool.unvested(), (left / 5) - (left / 5) * 15 / 100);
    }

    function test_aHybridsEndSharesWhatWasKept() public {
        DealVault vault = _fundedDeal("a", _hybrid());
        _pay(vault, 999_999, 1_000e18);
        assertEq(vault.balances().escrowed, 1_000e18);
        _repay(vault, 10_500e18);
        assertEq(vault.balances().principal, 0);
        assertEq(vault.claimable(owner), 0);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotRepaid.selector, 0, 0, 0));
        vault.close();
        vm.warp(vault.fundedAt() + 360 days);
        vault.close();
        assertEq(vault.claimable(owner), 1_500e18 * 4 / uint256(5));
        assertEq(vault.balances().seniorReceived, 10_300e18);
    }
}
