// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IDealDesk} from "../../../src/interfaces/IDealDesk.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {DealDesk} from "../../../src/reward/DealDesk.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

contract DealDeskTest is Fixture {
    uint256[] private ids;

    function _refused(uint256[] memory deedIds, IDealVault.Terms memory terms, bytes memory reason) private {
        vm.prank(owner);
        vm.expectRevert(reason);
        desk.list(deedIds, terms);
    }

    function _bad(IDealVault.Terms memory terms, string memory what) private {
        _refused(ids, terms, abi.encodeWithSelector(IDealDesk.BadTerms.selector, what));
    }

    function _state(uint256 deedId) private view returns (uint8) {
        return uint8(registry.record(deedId).state);
    }

    /* LISTING */

    function test_aListingPledgesItsDeeds() public {
        ids.push(_deed("a", 0));
        ids.push(_deed("b", 0));
        vm.prank(owner);
        DealVault vault = DealVault(desk.list(ids, _debt()));
        assertTrue(desk.isDeal(address(vault)));
        for (uint256 i; i < 2; ++i) {
            assertEq(_state(ids[i]), uint8(IAssetRegistry.State.Listed));
            assertEq(registry.ownerOf(ids[i]), owner);
            assertEq(desk.dealOf(ids[i]), address(vault));
        }
        assertEq(vault.owner(), owner);
        assertEq(vault.deeds(), ids);
        assertEq(address(vault.currency()), address(aid));
        assertEq(address(vault.oracle()), address(oracle));
        assertEq(address(vault.desk()), address(desk));
        assertEq(vault.terms().senior, 10_000e18);
        assertEq(vault.fees().recipient, treasury);
        assertEq(vault.balances().overdue, 0);
        _refused(
            ids,
            _debt(),
            abi.encodeWithSelector(IAssetRegistry.WrongState.selector, ids[0], IAssetRegistry.State.Listed)
        );
    }

    function test_whoMayNotListWhat() public {
        uint256[] memory none = new uint256[](0);
        _refused(none, _debt(), abi.encodeWithSelector(IDealDesk.NoDeeds.selector));
        _refused(new uint256[](65), _debt(), abi.encodeWithSelector(IDealDesk.TooManyDeeds.selector, 65, 64));
        ids.push(_deed("a", 0));
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotDeedOwner.selector, ids[0], lender));
        desk.list(ids, _debt());
        vm.prank(owner);
        registry.setPapers(ids[0], IAssetRegistry.DeedPapers("", "", "", "", address(0), lender));
        _refused(ids, _debt(), abi.encodeWithSelector(IDealDesk.DeedHasLien.selector, ids[0], lender));
    }

    function test_theSameDeedTwiceIsRefused() public {
        ids.push(_deed("a", 0));
        ids.push(ids[0]);
        _refused(
            ids,
            _debt(),
            abi.encodeWithSelector(IAssetRegistry.WrongState.selector, ids[0], IAssetRegistry.State.Listed)
        );
    }

    /// @dev An attestation must have stood a while; sending it again does not begin that anew.
    function test_attestationsMustSeason() public {
        DealDesk strict = new DealDesk(address(access), registry, attestations, oracle, desk.IMPLEMENTATION(), 3 hours);
        vm.prank(admin);
        access.grantRole(DESK, address(strict), 0);
        ids.push(_deed("a", 0));
        uint256 from = block.timestamp + 3 hours;
        vm.warp(from - 1);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotSeasoned.selector, ids[0], from));
        strict.list(ids, _debt());
        vm.warp(from);
        vm.prank(owner);
        strict.list(ids, _debt());
        assertEq(strict.SEASONING(), 3 hours);
    }

    function test_termsAreChecked() public {
        ids.push(_deed("a", 0));
        IDealVault.Terms memory terms = _debt();
        terms.senior = 0;
        _bad(terms, "senior");
        terms = _debt();
        terms.periods = 0;
        _bad(terms, "schedule");
        terms = _debt();
        terms.periodLength = 0;
        _bad(terms, "schedule");
        terms = _debt();
        terms.pool = address(0);
        _bad(terms, "pool or receiver");
        terms = _debt();
        terms.receiver = address(0);
        _bad(terms, "pool or receiver");
        terms = _debt();
        terms.junior = 1;
        _bad(terms, "junior");
        terms = _debt();
        terms.juniorHolder = lender;
        _bad(terms, "junior");
        terms = _debt();
        (terms.servicerBps, terms.insurerBps, terms.baileeBps) = (4_000, 1_000, 1);
        _bad(terms, "costs");
    }

    function test_partiesAndRatesAreChecked() public {
        ids.push(_deed("a", 0));
        IDealVault.Terms memory terms = _debt();
        terms.servicer = address(0);
        _bad(terms, "servicer");
        terms = _debt();
        terms.insurerBps = 1;
        _bad(terms, "insurer");
        terms = _debt();
        terms.baileeBps = 1;
        _bad(terms, "bailee");
        terms = _share();
        terms.shareBps = 10_001;
        _bad(terms, "share or reserve");
        terms = _debt();
        terms.reserveBps = 10_001;
        _bad(terms, "share or reserve");
        terms = _debt();
        terms.shareBps = 1;
        _bad(terms, "share");
        terms = _share();
        terms.shareBps = 0;
        _bad(terms, "share");
        terms = _debt();
        terms.rateBps = 24;
        _bad(terms, "rate");
        terms = _share();
        terms.capBps = 9_999;
        _bad(terms, "cap");
    }

    function test_collateralIsRoundedAgainstTheBorrower() public {
        ids.push(_deed("a", 0));
        IDealVault.Terms memory terms = _debt();
        (terms.junior, terms.juniorHolder) = (1, lender);
        _refused(ids, terms, abi.encodeWithSelector(IDealDesk.Undercollateralised.selector, 13_000e18, 13_000e18 + 2));
        terms.appraisal += 2;
        vm.prank(owner);
        desk.list(ids, terms);
    }

    function test_guardianStopsNewListingsOnly() public {
        DealVault vault = _list(_deed("a", 0), _debt());
        ids.push(_deed("b", 0));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        desk.pause();
        vm.prank(guardian);
        desk.pause();
        _refused(ids, _debt(), abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.prank(owner);
        desk.withdrawListing(address(vault));
        vm.prank(admin);
        desk.unpause();
        vm.prank(owner);
        desk.list(ids, _debt());
    }

    function test_feesAreThoseOfTheListing() public {
        DealVault before = _list(_deed("a", 0), _debt());
        IDealVault.Fees memory dear = IDealVault.Fees(500, 300, 200, lender);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        desk.setFees(dear);
        vm.prank(admin);
        desk.setFees(dear);
        assertEq(desk.fees().tokenizationYearBps, 500);
        assertEq(before.fees().tokenizationYearBps, 100);
        assertEq(_list(_deed("b", 0), _debt()).fees().recipient, lender);
    }

    /* TAKING BACK */

    function test_aListingComesBackToItsOwnerOnly() public {
        uint256 deedId = _deed("a", 0);
        DealVault vault = _list(deedId, _debt());
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotBorrower.selector, address(this)));
        desk.withdrawListing(address(vault));
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.OnlyDeal.selector, lender));
        desk.withdrawListing(lender);
        vm.startPrank(owner);
        desk.withdrawListing(address(vault));
        assertEq(_state(deedId), uint8(IAssetRegistry.State.Active));
        assertEq(desk.dealOf(deedId), address(0));
        assertEq(uint8(vault.phase()), uint8(IDealVault.Phase.Withdrawn));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.WrongPhase.selector, IDealVault.Phase.Withdrawn));
        desk.withdrawListing(address(vault));
        registry.transferFrom(owner, lender, deedId);
        vm.stopPrank();
    }

    function test_onlyDealsMoveDeeds() public {
        ids.push(_deed("a", 0));
        _list(ids[0], _debt());
        bytes memory reason = abi.encodeWithSelector(IDealDesk.OnlyDeal.selector, address(this));
        vm.expectRevert(reason);
        desk.release(ids);
        vm.expectRevert(reason);
        desk.enforce(ids, receiver);
        // Even a deal moves none but its own.
        DealVault other = _list(_deed("b", 0), _debt());
        vm.startPrank(address(other));
        desk.release(ids);
        desk.enforce(ids, receiver);
        vm.stopPrank();
        assertEq(_state(ids[0]), uint8(IAssetRegistry.State.Listed));
        assertEq(registry.ownerOf(ids[0]), owner);
    }

    function test_onlyItsOwnPledgedDeedsFundADeal() public {
        ids.push(_deed("a", 0));
        DealVault vault = _list(ids[0], _debt());
        vm.prank(address(vault));
        desk.requirePledged(ids);
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotListed.selector, ids[0]));
        desk.requirePledged(ids);
        vm.prank(court);
        registry.setDisputed(ids[0], true, "dispute");
        vm.prank(address(vault));
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotListed.selector, ids[0]));
        desk.requirePledged(ids);
    }

    /* A DEED THAT ENDS AND COMES BACK */

    /// @dev Annulled under one deal, registered again and pledged to another: the first deal can neither be funded on it,
    /// nor free it, nor take it, and is not held up by it either.
    function _comesBack(DealVault first, uint256 deedId) private returns (DealVault second) {
        vm.warp(block.timestamp + 10);
        vm.prank(court);
        registry.annul(deedId, "duplicate");
        assertEq(desk.dealOf(deedId), address(0));
        vm.warp(attestations.epochStart(attestations.currentEpoch() + 1) + 1);
        _attest(keccak256("a"), "again", owner);
        assertEq(_register(_manifest(keccak256("a"), "again")), deedId);
        assertEq(desk.dealOf(deedId), address(0));
        second = _list(deedId, _debt());
        assertEq(desk.dealOf(deedId), address(second));
        assertTrue(first != second);
    }

    function test_anotherDealsDeedFundsNobody() public {
        uint256 deedId = _deed("a", 0);
        _deposit(lender, 50_000e18);
        DealVault first = _list(deedId, _debt());
        DealVault second = _comesBack(first, deedId);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.NotListed.selector, deedId));
        pool.fund(address(first));
        _fund(second);
        vm.prank(owner);
        desk.withdrawListing(address(first));
        assertEq(_state(deedId), uint8(IAssetRegistry.State.Listed));
        assertEq(desk.dealOf(deedId), address(second));
    }

    function test_aRepaidDealFreesNoOthersDeed() public {
        DealVault first = _fundedDeal("a", _debt());
        uint256 deedId = first.deeds()[0];
        DealVault second = _comesBack(first, deedId);
        _repay(first, 11_000e18);
        first.close();
        assertEq(_state(deedId), uint8(IAssetRegistry.State.Listed));
        assertEq(desk.dealOf(deedId), address(second));
    }

    function test_aDefaultedDealTakesNoOthersDeed() public {
        DealVault first = _fundedDeal("a", _debt());
        uint256 deedId = first.deeds()[0];
        DealVault second = _comesBack(first, deedId);
        vm.warp(block.timestamp + 31 days);
        first.declareDelinquent();
        vm.warp(block.timestamp + 14 days);
        first.enforce();
        assertEq(uint8(first.phase()), uint8(IDealVault.Phase.Enforced));
        assertEq(registry.ownerOf(deedId), owner);
        assertEq(desk.dealOf(deedId), address(second));
    }
}
