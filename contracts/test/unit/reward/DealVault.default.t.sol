// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Late, cured, enforced, recovered, lost.
contract DealVaultDefaultTest is Fixture {
    function _late(IDealVault.Terms memory terms) private returns (DealVault vault) {
        vault = _fundedDeal("a", terms);
        vm.warp(block.timestamp + 61 days);
    }

    function _enforced() private returns (DealVault vault) {
        vault = _late(_debt());
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
    }

    /* LATE */

    function test_lateIsMoreThanTheThreshold() public {
        DealVault vault = _fundedDeal("a", _debt());
        vm.warp(block.timestamp + 30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotOverdue.selector, 0, 500e18));
        vault.declareDelinquent();
        vm.warp(block.timestamp + 1);
        uint256 overdue = vault.balances().overdue;
        assertApproxEqAbs(overdue, uint256(10_000e18) / 12, 1);
        uint256 nav = pool.depositNav();
        uint256 interest = vault.seniorValue() - 10_000e18;
        vm.expectEmit(address(vault));
        emit IDealVault.DelinquencyDeclared(overdue, uint48(block.timestamp + 14 days));
        vault.declareDelinquent();
        assertEq(vault.delinquentSince(), block.timestamp);
        // A loss shows at once: no interest in either value, half of the rest in the lower one.
        assertEq(vault.seniorValue(), 10_000e18);
        assertEq(pool.depositNav(), nav - interest);
        assertEq(pool.withdrawalNav(), nav - interest - 5_000e18);
        vm.expectPartialRevert(IDealVault.NotOverdue.selector);
        vault.declareDelinquent();
    }

    function test_payingUpCures() public {
        DealVault vault = _late(_debt());
        vault.declareDelinquent();
        _pay(vault, 0, 500e18);
        assertGt(vault.delinquentSince(), 0);
        uint256 gains = pool.unvested();
        assertGt(gains, 0);
        uint256 overdue = vault.balances().overdue;
        _pay(vault, 0, (overdue - 500e18) * 102 / 100 + 1e18);
        assertEq(vault.delinquentSince(), 0);
        assertEq(pool.withdrawalNav(), pool.depositNav());
        vm.expectPartialRevert(IDealVault.NotOverdue.selector);
        vault.enforce();
    }

    /// @dev Interest that a late deal pays comes as a gain: it had left the value.
    function test_lateInterestIsAGain() public {
        DealVault vault = _late(_debt());
        uint256 before = pool.depositNav();
        uint256 accrued = vault.seniorValue() - 10_000e18;
        vault.declareDelinquent();
        _pay(vault, 0, 5_000e18);
        assertEq(pool.depositNav(), before - accrued);
        assertEq(pool.unvested(), accrued - accrued * 15 / 100);
    }

    /* ENFORCEMENT */

    function test_enforcementWaitsForTheCure() public {
        DealVault vault = _late(_debt());
        vm.expectPartialRevert(IDealVault.NotOverdue.selector);
        vault.enforce();
        vault.declareDelinquent();
        uint256 until = block.timestamp + 14 days;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.CureRunning.selector, until));
        vault.enforce();
        vm.warp(until);
        vm.expectEmit(address(vault));
        emit IDealVault.Enforced(receiver);
        vault.enforce();
        uint256 deedId = vault.deeds()[0];
        assertEq(registry.ownerOf(deedId), receiver);
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Active));
        assertEq(desk.dealOf(deedId), address(0));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Enforced));
        vault.pay(0, 1);
    }

    function test_enforcementSpendsWhatWasHeld() public {
        DealVault vault = _fundedDeal("a", _debt());
        _pay(vault, 0, 600e18);
        uint256 credited = vault.claimable(owner);
        vm.warp(block.timestamp + 61 days);
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        uint256 owed = vault.balances().principal + vault.balances().interest;
        vault.enforce();
        assertEq(vault.balances().reserve, 0);
        assertEq(vault.balances().principal + vault.balances().interest, owed - 500e18);
        assertEq(vault.claimable(owner), credited);
    }

    function test_interestStopsWithEnforcement() public {
        DealVault vault = _enforced();
        uint256 interest = vault.balances().interest;
        vm.warp(block.timestamp + 300 days);
        assertEq(vault.balances().interest, interest);
        assertEq(vault.balances().overdue, 0);
        assertEq(vault.seniorValue(), 10_000e18);
    }

    /// @dev What is recovered above all that is owed is the owner's: the loan was against the machine, and no more.
    function test_recoveryPaysEverybodyAndTheOwnerGetsTheRest() public {
        DealVault vault = _enforced();
        uint256 owed = vault.balances().interest + 10_000e18;
        _recover(vault, owed + 700e18);
        assertEq(vault.balances().principal, 0);
        assertEq(vault.balances().interest, 0);
        assertEq(vault.claimable(owner), 700e18);
        assertGt(vault.delinquentSince(), 0);
        vm.prank(admin);
        pool.closeDeal(address(vault));
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Closed));
        assertEq(pool.deals().length, 0);
        assertEq(pool.withdrawalNav(), pool.depositNav());
    }

    function test_onlyThePoolMakesTheLossFinal() public {
        DealVault vault = _enforced();
        _recover(vault, 4_000e18);
        uint256 principal = vault.balances().principal;
        assertGt(principal, 6_000e18);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyPool.selector, address(this)));
        vault.close();
        uint256 nav = pool.depositNav();
        vm.expectEmit(address(vault));
        emit IDealVault.Closed(principal);
        vm.prank(admin);
        pool.closeDeal(address(vault));
        assertEq(pool.depositNav(), nav - principal);
        assertEq(vault.seniorValue(), 0);
    }

    /// @dev The loss of one deal is in its own vault: another deal's money and deeds are as they were.
    function test_aLossReachesNoOtherDeal() public {
        DealVault other = _fundedDeal("b", _debt());
        _pay(other, 0, 600e18);
        uint256 held = aid.balanceOf(address(other));
        DealVault vault = _late(_debt());
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        vm.prank(admin);
        pool.closeDeal(address(vault));
        assertEq(aid.balanceOf(address(other)), held);
        assertEq(other.balances().principal, 10_000e18);
        assertEq(registry.ownerOf(other.deeds()[0]), owner);
        assertEq(uint8(registry.record(other.deeds()[0]).state), uint8(IAssetRegistry.State.Listed));
    }

    function test_aDisputedDeedIsEnforcedAndStaysFrozen() public {
        DealVault vault = _late(_debt());
        uint256 deedId = vault.deeds()[0];
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        assertEq(registry.ownerOf(deedId), receiver);
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Frozen));
    }

    function test_anAnnulledDeedHoldsUpNothing() public {
        DealVault vault = _late(_debt());
        uint256 deedId = vault.deeds()[0];
        vm.prank(court);
        registry.annul(deedId, "duplicate");
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Enforced));
    }

    /* REVENUE SHARE */

    /// @dev A share is late after two periods without payment.
    function test_aSilentShareIsLate() public {
        DealVault vault = _fundedDeal("a", _share());
        vm.warp(block.timestamp + 60 days);
        vm.expectPartialRevert(IDealVault.NotOverdue.selector);
        vault.declareDelinquent();
        vm.warp(block.timestamp + 1);
        vault.declareDelinquent();
        assertEq(vault.balances().overdue, 10_000e18);
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        assertEq(registry.ownerOf(vault.deeds()[0]), receiver);
    }

    /// @dev A payment that waits in escrow ends the delinquency like any other; the next one has its own cure.
    function test_escrowCuresASilentShare() public {
        DealVault vault = _fundedDeal("a", _share());
        vm.warp(block.timestamp + 60 days + 1);
        vault.declareDelinquent();
        _pay(vault, attestations.currentEpoch(), 1_000e18);
        assertEq(vault.delinquentSince(), 0);
        vm.warp(block.timestamp + 60 days + 1);
        vm.expectPartialRevert(IDealVault.NotOverdue.selector);
        vault.enforce();
        vault.declareDelinquent();
        vm.expectPartialRevert(IDealVault.CureRunning.selector);
        vault.enforce();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        // The escrow went to the senior, who is owed the most.
        assertEq(vault.balances().principal, 9_000e18);
        assertEq(vault.balances().escrowed, 0);
    }

    /* FUZZ */

    /// @dev Cash in = legs out + what is held, whatever is paid when, late or not, enforced or not.
    function testFuzz_noUnitIsLost(uint96[4] memory amounts, uint32[4] memory waits, bool share) public {
        DealVault vault = _fundedDeal("a", share ? _share() : _debt());
        uint256 paid;
        for (uint256 i; i < 4; ++i) {
            vm.warp(block.timestamp + bound(waits[i], 1, 40 days));
            uint256 amount = bound(amounts[i], 1, 5_000e18);
            _pay(vault, attestations.currentEpoch(), amount);
            paid += amount;
        }
        vm.warp(block.timestamp + 400 days);
        vault.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        vault.enforce();
        _recover(vault, 1_000e18);
        vm.prank(admin);
        pool.closeDeal(address(vault));
        uint256 fee = vault.claimable(treasury);
        uint256 credited = vault.claimable(owner) + vault.claimable(servicer) + fee;
        assertEq(aid.balanceOf(address(vault)), credited);
        // The fee of funding came out of the advance, not out of payments.
        assertEq(vault.balances().received, paid + 1_000e18);
        assertEq(vault.balances().seniorReceived + credited - 98e18, paid + 1_000e18);
    }
}
