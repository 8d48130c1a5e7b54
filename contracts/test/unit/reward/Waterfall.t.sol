// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {Waterfall} from "../../../src/reward/Waterfall.sol";

contract WaterfallTest is Test {
    function _sum(IDealVault.Legs memory legs) private pure returns (uint256) {
        return legs.servicer + legs.insurer + legs.bailee + legs.protocol + legs.seniorInterest + legs.seniorPrincipal
            + legs.seniorShare + legs.juniorInterest + legs.juniorPrincipal + legs.owner;
    }

    function _full() private pure returns (Waterfall.Due memory due) {
        due.cash = 10_000;
        (due.servicerBps, due.insurerBps, due.baileeBps) = (100, 50, 25);
        (due.interest, due.protocol) = (1_000, 20);
        due.principal = 3_000;
        due.reserveTarget = 500;
        (due.juniorInterest, due.juniorPrincipal) = (300, 700);
        (due.shareBps, due.shareMax) = (4_000, type(uint256).max);
        due.factorBps = 9_000;
    }

    function test_everyLegInItsOrder() public pure {
        (IDealVault.Legs memory legs, uint256 reserve, uint256 trapped) = Waterfall.run(_full());
        assertEq(legs.servicer, 100);
        assertEq(legs.insurer, 50);
        assertEq(legs.bailee, 25);
        assertEq(legs.protocol, 20);
        assertEq(legs.seniorInterest, 980);
        assertEq(legs.seniorPrincipal, 3_000);
        assertEq(reserve, 500);
        assertEq(legs.juniorInterest, 300);
        assertEq(legs.juniorPrincipal, 700);
        // 4,325 left: 90 % of it may go out, 40 % of that to the senior.
        assertEq(trapped, 433);
        assertEq(legs.seniorShare, 1_556);
        assertEq(legs.owner, 2_336);
    }

    /// @dev Takes the cash away step by step: whoever is last gets nothing first.
    function test_shortCashEndsWhereItEnds() public pure {
        Waterfall.Due memory due = _full();
        (due.servicerBps, due.insurerBps, due.baileeBps) = (0, 0, 0);
        due.cash = 5_499;
        (IDealVault.Legs memory legs, uint256 reserve,) = Waterfall.run(due);
        assertEq(legs.juniorPrincipal, 699);
        assertEq(legs.owner + legs.seniorShare, 0);
        due.cash = 4_600;
        (legs, reserve,) = Waterfall.run(due);
        assertEq(reserve, 500);
        assertEq(legs.juniorInterest, 100);
        assertEq(legs.juniorPrincipal, 0);
        due.cash = 4_200;
        (legs, reserve,) = Waterfall.run(due);
        assertEq(reserve, 200);
        assertEq(legs.juniorInterest, 0);
        due.cash = 1_500;
        (legs, reserve,) = Waterfall.run(due);
        assertEq(legs.seniorPrincipal, 500);
        assertEq(reserve, 0);
        due.cash = 15;
        (legs,,) = Waterfall.run(due);
        assertEq(legs.protocol, 15);
        assertEq(legs.seniorInterest, 0);
    }

    function test_heldCashPaysNoCosts() public pure {
        Waterfall.Due memory due = _full();
        (due.cash, due.held) = (0, 10_000);
        (IDealVault.Legs memory legs,,) = Waterfall.run(due);
        assertEq(legs.servicer + legs.insurer + legs.bailee, 0);
        assertEq(legs.seniorInterest, 980);
    }

    function test_trapKeepsTheOwnersPart() public pure {
        Waterfall.Due memory due = _full();
        due.trap = true;
        (IDealVault.Legs memory legs,, uint256 trapped) = Waterfall.run(due);
        assertEq(legs.owner, 0);
        assertEq(legs.seniorShare, 1_556);
        assertEq(trapped, 433 + 2_336);
    }

    function test_theShareEndsAtItsMaximum() public pure {
        Waterfall.Due memory due = _full();
        due.shareMax = 1_000;
        (IDealVault.Legs memory legs,,) = Waterfall.run(due);
        assertEq(legs.seniorShare, 1_000);
        assertEq(legs.owner, 2_336 + 556);
    }

    function _bounded(Waterfall.Due memory due) private pure returns (Waterfall.Due memory) {
        due.cash = bound(due.cash, 0, 1e36);
        due.held = bound(due.held, 0, 1e36);
        due.servicerBps = bound(due.servicerBps, 0, 2_000);
        due.insurerBps = bound(due.insurerBps, 0, 2_000);
        due.baileeBps = bound(due.baileeBps, 0, 1_000);
        due.shareBps = bound(due.shareBps, 0, 10_000);
        due.factorBps = bound(due.factorBps, 0, 10_000);
        return due;
    }

    /// @dev Not one base unit is made or lost.
    function testFuzz_legsSumToTheCash(Waterfall.Due memory due) public pure {
        due = _bounded(due);
        (IDealVault.Legs memory legs, uint256 reserve, uint256 trapped) = Waterfall.run(due);
        assertEq(_sum(legs) + reserve + trapped, due.cash + due.held);
    }

    /// @dev No leg gets more than it is due, and none gets anything before all above it are whole.
    function testFuzz_strictOrder(Waterfall.Due memory due) public pure {
        due = _bounded(due);
        (IDealVault.Legs memory legs, uint256 reserve, uint256 trapped) = Waterfall.run(due);
        assertLe(legs.seniorInterest + legs.protocol, due.interest);
        assertLe(legs.protocol, due.protocol);
        assertLe(legs.seniorPrincipal, due.principal);
        assertLe(reserve, due.reserveTarget);
        assertLe(legs.juniorInterest, due.juniorInterest);
        assertLe(legs.juniorPrincipal, due.juniorPrincipal);
        assertLe(legs.seniorShare, due.shareMax);
        uint256 rest = legs.owner + legs.seniorShare + trapped;
        if (rest != 0) assertEq(legs.juniorPrincipal, due.juniorPrincipal);
        if (rest + legs.juniorPrincipal != 0) assertEq(legs.juniorInterest, due.juniorInterest);
        if (rest + legs.juniorPrincipal + legs.juniorInterest != 0) assertEq(reserve, due.reserveTarget);
        if (rest + legs.juniorInterest + reserve != 0) assertEq(legs.seniorPrincipal, due.principal);
        if (legs.seniorPrincipal + reserve != 0) assertEq(legs.seniorInterest + legs.protocol, due.interest);
    }

    /// @dev More cash is never worse for anybody.
    function testFuzz_moreCashHarmsNobody(Waterfall.Due memory due, uint128 more) public pure {
        due = _bounded(due);
        (IDealVault.Legs memory before,,) = Waterfall.run(due);
        due.cash += more;
        (IDealVault.Legs memory then,,) = Waterfall.run(due);
        assertGe(then.seniorInterest + then.protocol, before.seniorInterest + before.protocol);
        assertGe(then.seniorPrincipal, before.seniorPrincipal);
        assertGe(then.juniorInterest + then.juniorPrincipal, before.juniorInterest + before.juniorPrincipal);
        assertGe(then.seniorShare, before.seniorShare);
    }
}
