// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IDealDesk} from "../../../src/interfaces/IDealDesk.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Debt: funding, the schedule, the juniors, repayment and the end.
contract DealVaultDebtTest is Fixture {
    address private junior = makeAddr("junior");
    address private insurer = makeAddr("insurer");
    address private bailee = makeAddr("bailee");

    function _withJunior() private view returns (IDealVault.Terms memory terms) {
        terms = _debt();
        (terms.junior, terms.juniorHolder, terms.juniorRateBps) = (2_000e18, junior, 2_000);
        terms.appraisal = 15_600e18;
        (terms.insurer, terms.insurerBps, terms.bailee, terms.baileeBps) = (insurer, 50, bailee, 25);
    }

    function _putIn(DealVault vault) private {
        _mint(junior, 2_000e18);
        vm.startPrank(junior);
        aid.approve(address(vault), 2_000e18);
        vault.fundJunior();
        vm.stopPrank();
    }

    /* FUNDING */

    function test_theImplementationCannotBeUsed() public {
        DealVault implementation = DealVault(desk.IMPLEMENTATION());
        uint256[] memory ids = new uint256[](0);
        IDealVault.Fees memory fees = desk.fees();
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Withdrawn));
        implementation.initialize(_debt(), fees, owner, IERC20(aid), oracle, ids, new bytes32[](0));
        DealVault vault = _list(_deed("a", 0), _debt());
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Listed));
        vault.initialize(_debt(), fees, lender, IERC20(aid), oracle, ids, new bytes32[](0));
    }

    function test_onlyThePoolAndTheDeskDecide() public {
        DealVault vault = _list(_deed("a", 0), _debt());
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyPool.selector, address(this)));
        vault.fund();
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyDesk.selector, address(this)));
        vault.withdrawListing();
        bytes memory listed = abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Listed);
        vm.expectRevert(listed);
        vault.pay(0, 1);
        vm.expectRevert(listed);
        vault.repay(1);
        vm.expectRevert(listed);
        vault.payRecovery(1);
        vm.expectRevert(listed);
        vault.close();
        vm.expectRevert(listed);
        vault.releaseEscrow(0);
        vm.expectRevert(listed);
        vault.declareDelinquent();
        vm.expectRevert(listed);
        vault.enforce();
    }

    function test_fundingPaysFeeAndAdvance() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_deed("a", 0), _withJunior());
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.JuniorMissing.selector, 2_000e18));
        pool.fund(address(vault));
        _putIn(vault);
        // 360 days at 1 % a year are 98 bps of 12,000.
        vm.expectEmit(address(vault));
        emit IDealVault.Funded(address(pool), 10_000e18, 2_000e18, 117.6e18, 11_882.4e18);
        _fund(vault);
        assertEq(aid.balanceOf(owner), 11_882.4e18);
        assertEq(vault.claimable(treasury), 117.6e18);
        assertEq(vault.balances().principal, 10_000e18);
        assertEq(vault.balances().juniorPrincipal, 2_000e18);
        assertEq(vault.fundedAt(), block.timestamp);
        assertEq(aid.balanceOf(address(vault)), 117.6e18);
        assertEq(pool.cash(), 40_000e18);
    }

    /// @dev A short term pays the smallest fee.
    function test_theFeeHasAFloor() public {
        IDealVault.Terms memory terms = _debt();
        terms.periods = 1;
        DealVault vault = _fundedDeal("a", terms);
        assertEq(vault.claimable(treasury), 25e18);
    }

    function test_theJuniorGoesInOnceAndOutAgainUntilFunded() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_deed("a", 0), _withJunior());
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyJunior.selector, address(this)));
        vault.fundJunior();
        vm.prank(junior);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyJunior.selector, junior));
        vault.withdrawJunior();
        _putIn(vault);
        vm.prank(junior);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyJunior.selector, junior));
        vault.fundJunior();
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyJunior.selector, address(this)));
        vault.withdrawJunior();
        vm.prank(junior);
        vault.withdrawJunior();
        assertEq(aid.balanceOf(junior), 2_000e18);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.JuniorMissing.selector, 2_000e18));
        pool.fund(address(vault));
        _putIn(vault);
        _fund(vault);
        vm.prank(junior);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Funded));
        vault.withdrawJunior();
    }

    function test_theJuniorHasItsPartBackFromAWithdrawnListing() public {
        DealVault vault = _list(_deed("a", 0), _withJunior());
        _putIn(vault);
        vm.prank(owner);
        desk.withdrawListing(address(vault));
        vm.prank(junior);
        assertEq(vault.claim(), 2_000e18);
        vm.prank(junior);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NothingToClaim.selector, junior));
        vault.claim();
    }

    function test_aDealWithoutJuniorTakesNone() public {
        DealVault vault = _list(_deed("a", 0), _debt());
        vm.prank(address(0));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OnlyJunior.selector, address(0)));
        vault.fundJunior();
    }

    function test_aDisputedDeedIsNotBorrowedAgainst() public {
        _deposit(lender, 50_000e18);
        uint256 deedId = _deed("a", 0);
        DealVault vault = _list(deedId, _debt());
        bytes32 root = registry.record(deedId).manifestRoot;
        vm.prank(court);
        attestations.markDispute(keccak256("a"), root, true);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotListed.selector, deedId));
        pool.fund(address(vault));
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Listed));
    }

    /* PAYING */

    function test_everybodyGetsHisPart() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_deed("a", 0), _withJunior());
        _putIn(vault);
        _fund(vault);
        uint256 fees = vault.claimable(treasury);
        vm.warp(block.timestamp + 30 days);
        uint256 interest = uint256(10_000e18) * 1_200 * 30 days / (10_000 * 365 days);
        uint256 protocol = uint256(10_000e18) * 25 * 30 days / (10_000 * 365 days);
        uint256 juniorInterest = uint256(2_000e18) * 2_000 * 30 days / (10_000 * 365 days);
        uint256 principal = 10_000e18 - uint256(10_000e18) * 11 / 12;
        assertEq(vault.seniorValue(), 10_000e18 + interest - protocol);
        assertEq(vault.balances().juniorInterest, juniorInterest);
        uint256 before = pool.depositNav();
        _pay(vault, 720, 3_000e18);
        assertEq(vault.claimable(servicer), 30e18);
        assertEq(vault.claimable(insurer), 15e18);
        assertEq(vault.claimable(bailee), 7.5e18);
        assertEq(vault.claimable(treasury), fees + protocol);
        assertEq(vault.claimable(junior), juniorInterest);
        assertEq(vault.balances().juniorPrincipal, 2_000e18);
        assertApproxEqAbs(vault.balances().principal, 10_000e18 - principal, 1);
        assertApproxEqAbs(vault.balances().seniorReceived, interest - protocol + principal, 1);
        assertEq(vault.balances().reserve, 500e18);
        // Interest that was accrued is no news to the pool.
        assertEq(pool.depositNav(), before);
        assertEq(pool.unvested(), 0);
        uint256 rest = 3_000e18 - 52.5e18 - interest - principal - 500e18 - juniorInterest;
        assertApproxEqAbs(vault.claimable(owner), rest, 1);
    }

    function test_nothingIsNoPayment() public {
        DealVault vault = _fundedDeal("a", _debt());
        vm.expectRevert(IDealVault.ZeroAmount.selector);
        vault.pay(0, 0);
        vm.expectRevert(IDealVault.ZeroAmount.selector);
        vault.repay(0);
    }

    /// @dev The reserve carries a payment that falls short, and is filled again by the next.
    function test_theReserveCarriesAShortPayment() public {
        DealVault vault = _fundedDeal("a", _debt());
        _pay(vault, 0, 600e18);
        assertEq(vault.balances().reserve, 500e18);
        vm.warp(block.timestamp + 30 days);
        _pay(vault, 1, 500e18);
        assertEq(vault.balances().overdue, 0);
        assertLt(vault.balances().reserve, 100e18);
        _pay(vault, 2, 1_000e18);
        assertEq(vault.balances().reserve, 500e18);
    }

    function test_repaymentAheadEndsTheDeal() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_deed("a", 0), _withJunior());
        _putIn(vault);
        _fund(vault);
        _pay(vault, 0, 600e18);
        vm.warp(block.timestamp + 10 days);
        vm.expectPartialRevert(IDealVault.NotRepaid.selector);
        vault.close();
        uint256 held = vault.balances().reserve;
        uint256 due = vault.balances().interest + 10_000e18 + 2_000e18 + vault.balances().juniorInterest;
        (uint256 had, uint256 juniorDue) = (vault.claimable(owner), vault.balances().juniorInterest + 2_000e18);
        _repay(vault, due);
        assertEq(vault.claimable(junior), juniorDue);
        assertEq(vault.claimable(owner), had + held);
        vm.expectEmit(address(vault));
        emit IDealVault.Closed(0);
        vault.close();
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Closed));
        assertEq(uint8(registry.record(vault.deeds()[0]).state), uint8(IAssetRegistry.State.Active));
        assertEq(pool.deals().length, 1);
        pool.prune(address(vault));
        assertEq(pool.deals().length, 0);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Closed));
        vault.close();
    }

    /// @dev The reserve and trapped cash of a repaid deal go to its owner.
    function test_closingGivesTheReserveBack() public {
        DealVault vault = _fundedDeal("a", _debt());
        _pay(vault, 0, 600e18);
        uint256 had = vault.claimable(owner);
        _pay(vault, 0, 1e18);
        vm.warp(block.timestamp + 361 days);
        _pay(vault, 1, 20_000e18);
        assertEq(vault.balances().principal, 0);
        assertEq(vault.balances().reserve, 500e18);
        uint256 before = vault.claimable(owner);
        vault.close();
        assertEq(vault.claimable(owner), before + 500e18);
        assertGt(before, had);
        assertEq(
            aid.balanceOf(address(vault)),
            vault.claimable(owner) + vault.claimable(servicer) + vault.claimable(treasury)
        );
    }

    /// @dev Junior principal waits until the senior's is all due.
    function test_theJuniorsPrincipalComesLast() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_deed("a", 0), _withJunior());
        _putIn(vault);
        _fund(vault);
        vm.warp(block.timestamp + 330 days);
        _pay(vault, 1, 20_000e18);
        assertEq(vault.balances().juniorPrincipal, 2_000e18);
        assertGt(vault.claimable(owner), 0);
        vm.warp(block.timestamp + 30 days);
        _pay(vault, 2, 20_000e18);
        assertEq(vault.balances().juniorPrincipal, 0);
        assertEq(vault.balances().principal, 0);
    }

    /* COVENANT */

    function _epoch(uint16 uptime) private returns (uint64 epoch) {
        epoch = _perform(keccak256("a"), uptime, 10_000);
        vm.warp(attestations.epochStart(epoch + 1) + 1);
    }

    function test_badUptimeTrapsTheOwnersCashUntilItIsGood() public {
        IDealVault.Terms memory terms = _debt();
        (terms.minUptimeBps, terms.covenantEpochs) = (9_000, 3);
        DealVault vault = _fundedDeal("a", terms);
        _pay(vault, 0, 600e18);
        uint256 had = vault.claimable(owner);
        for (uint256 i; i < 2; ++i) {
            _pay(vault, _epoch(8_999), 10e18);
        }
        assertFalse(vault.covenantTripped());
        uint64 bad = _epoch(8_999);
        _pay(vault, bad, 10e18);
        assertTrue(vault.covenantTripped());
        uint256 before = vault.claimable(owner);
        _pay(vault, bad, 100e18);
        assertEq(vault.claimable(owner), before);
        assertGt(vault.balances().trapped, 98e18);
        // An older reading does not count again.
        _pay(vault, bad - 1, 1e18);
        assertTrue(vault.covenantTripped());
        _pay(vault, _epoch(9_000), 10e18);
        assertFalse(vault.covenantTripped());
        assertEq(vault.balances().trapped, 0);
        assertGt(vault.claimable(owner), had + 100e18);
    }

    function test_noCovenantTrapsNothing() public {
        DealVault vault = _fundedDeal("a", _debt());
        for (uint256 i; i < 4; ++i) {
            _pay(vault, _epoch(0), 10e18);
        }
        assertFalse(vault.covenantTripped());
    }
}
