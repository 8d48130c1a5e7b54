// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {ICapacityIssuer} from "../../../src/interfaces/ICapacityIssuer.sol";
import {CapacityToken} from "../../../src/onramp/CapacityToken.sol";
import {Fixture} from "../../Fixture.sol";

contract CapacityIssuerTest is Fixture {
    CapacityToken private token;

    function setUp() public override {
        super.setUp();
        token = issuer.tokenOf(HOST_HOUR);
    }

    function _issue(uint256 deedId, uint128 units, uint48 term) private returns (uint256) {
        vm.prank(owner);
        return issuer.issue(deedId, HOST_HOUR, units, term);
    }

    function _left(uint256 deedId) private view returns (uint256 amount) {
        (amount,) = issuer.outstanding(deedId, HOST_HOUR);
    }

    /* CLASSES */

    function test_oneNameIsOneClass() public {
        (bytes32 class, address made) = issuer.createClass("H200-hour");
        assertEq(class, keccak256("H200-hour"));
        assertEq(CapacityToken(made).name(), "H200-hour");
        assertEq(CapacityToken(made).symbol(), "H200-hour");
        assertEq(CapacityToken(made).ISSUER(), address(issuer));
        (, address again) = issuer.createClass("H200-hour");
        assertEq(again, made);
        vm.expectRevert(ICapacityIssuer.EmptyName.selector);
        issuer.createClass("");
    }

    /* ISSUING */

    function test_issueMintsUnitsTimesHours() public {
        uint256 deedId = _deed("host", 8);
        vm.expectEmit(address(issuer));
        emit ICapacityIssuer.CapacityIssued(
            deedId, HOST_HOUR, owner, 8, uint48(block.timestamp), uint48(block.timestamp) + 100 hours, 800e18
        );
        assertEq(_issue(deedId, 8, 100 hours), 800e18);
        assertEq(token.balanceOf(owner), 800e18);
        assertEq(_left(deedId), 800e18);
        assertEq(issuer.openPositions(deedId), 1);
        assertTrue(registry.record(deedId).capacityLocked);
        assertEq(issuer.positionOf(deedId, HOST_HOUR).units, 8);
    }

    function test_issueIsRefused() public {
        uint256 deedId = _deed("host", 2);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.UnknownClass.selector, bytes32("none")));
        issuer.issue(deedId, "none", 1, 1 hours);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.UnitsAboveAttested.selector, 3, 2));
        issuer.issue(deedId, HOST_HOUR, 3, 1 hours);
        (, uint64 validUntil,) = attestations.attested(keccak256("host"), registry.record(deedId).manifestRoot);
        uint48 term = uint48(validUntil - block.timestamp);
        vm.expectRevert(
            abi.encodeWithSelector(ICapacityIssuer.TermBeyondAttestation.selector, uint256(validUntil) + 1, validUntil)
        );
        issuer.issue(deedId, HOST_HOUR, 1, term + 1);
        vm.expectRevert(ICapacityIssuer.NothingIssued.selector);
        issuer.issue(deedId, HOST_HOUR, 0, 1 hours);
        issuer.issue(deedId, HOST_HOUR, 1, term);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.PositionOpen.selector, deedId, HOST_HOUR));
        issuer.issue(deedId, HOST_HOUR, 1, 1 hours);
        vm.stopPrank();
        vm.prank(lender);
        (, address other) = issuer.createClass("other");
        assertTrue(other != address(0));
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.NotDeedOwner.selector, deedId, address(this)));
        issuer.issue(deedId, keccak256("other"), 1, 1 hours);
    }

    function test_issueNeedsALiveAttestedDeed() public {
        uint256 deedId = _deed("host", 2);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.DeedNotLive.selector, deedId));
        issuer.issue(deedId, HOST_HOUR, 1, 1 hours);
        vm.prank(court);
        registry.setDisputed(deedId, false, "dismissed");
        bytes32 root = registry.record(deedId).manifestRoot;
        assertEq(issuer.attestedUnits(deedId, HOST_HOUR), 2);
        vm.prank(court);
        attestations.markDispute(keccak256("host"), root, true);
        assertEq(issuer.attestedUnits(deedId, HOST_HOUR), 0);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.NotAttested.selector, deedId));
        issuer.issue(deedId, HOST_HOUR, 1, 1 hours);
    }

    function test_aListedDeedMayIssue() public {
        uint256 deedId = _deed("host", 2);
        _list(deedId, _debt());
        assertEq(_issue(deedId, 2, 1 hours), 2e18);
    }

    function test_guardianStopsIssuingAndNothingElse() public {
        uint256 deedId = _deed("host", 2);
        _issue(deedId, 1, 2 hours);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        issuer.pause();
        vm.prank(guardian);
        issuer.pause();
        vm.prank(owner);
        vm.expectRevert(Pausable.EnforcedPause.selector);
        issuer.issue(deedId, HOST_HOUR, 1, 1 hours);
        vm.prank(owner);
        issuer.redeem(deedId, HOST_HOUR, 1e18);
        vm.warp(block.timestamp + 2 hours);
        issuer.settle(deedId, HOST_HOUR);
        vm.prank(admin);
        issuer.unpause();
        _issue(deedId, 1, 1 hours);
    }

    /* REDEEMING AND LAPSING */

    function test_redeemBurnsTheHoldersTokens() public {
        uint256 deedId = _deed("host", 2);
        _issue(deedId, 2, 10 hours);
        vm.prank(owner);
        token.transfer(lender, 5e18);
        vm.startPrank(lender);
        issuer.redeem(deedId, HOST_HOUR, 4e18);
        assertEq(token.balanceOf(lender), 1e18);
        assertEq(_left(deedId), 16e18);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.MoreThanOutstanding.selector, 17e18, 16e18));
        issuer.redeem(deedId, HOST_HOUR, 17e18);
        vm.stopPrank();
        vm.prank(owner);
        issuer.redeem(deedId, HOST_HOUR, 15e18);
        vm.expectEmit(address(issuer));
        emit ICapacityIssuer.PositionClosed(deedId, HOST_HOUR);
        vm.prank(lender);
        issuer.redeem(deedId, HOST_HOUR, 1e18);
        assertFalse(registry.record(deedId).capacityLocked);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.NoPosition.selector, deedId, HOST_HOUR));
        issuer.settle(deedId, HOST_HOUR);
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.NoPosition.selector, deedId, HOST_HOUR));
        issuer.redeem(deedId, HOST_HOUR, 1);
    }

    /// @dev First what the owner still has lapses, then the class in proportion.
    function test_lapseTakesFromTheOwnerFirst() public {
        uint256 deedId = _deed("host", 1);
        _issue(deedId, 1, 10 hours);
        vm.prank(owner);
        token.transfer(lender, 7e18);
        vm.warp(block.timestamp + 2 hours);
        assertEq(issuer.settle(deedId, HOST_HOUR), 2e18);
        assertEq(token.balanceOf(owner), 1e18);
        assertEq(token.balanceOf(lender), 7e18);
        assertEq(issuer.settle(deedId, HOST_HOUR), 0);
        vm.warp(block.timestamp + 4 hours);
        vm.expectEmit(address(issuer));
        emit ICapacityIssuer.CapacityLapsed(deedId, HOST_HOUR, 4e18, 1e18);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(token.balanceOf(owner), 0);
        assertApproxEqAbs(token.balanceOf(lender), 4e18, 1);
        assertLe(token.totalSupply(), _left(deedId));
    }

    function test_annulledDeedTakesItsCapacityWithIt() public {
        uint256 deedId = _deed("host", 2);
        _issue(deedId, 2, 10 hours);
        vm.prank(court);
        registry.annul(deedId, "duplicate");
        (uint256 amount, uint256 deliverable) = issuer.outstanding(deedId, HOST_HOUR);
        assertEq(amount, 20e18);
        assertEq(deliverable, 0);
        assertEq(issuer.settle(deedId, HOST_HOUR), 20e18);
        assertEq(token.totalSupply(), 0);
    }

    /* A DEED THAT CHANGES */

    /// @dev The id comes back with another registration: the old position is dead, and the new one locks the deed.
    function test_capacityOfAnEarlierDeedDoesNotBindTheNext() public {
        uint256 deedId = _deed("host", 2);
        issuer.createClass("other");
        _issue(deedId, 2, 30 days);
        vm.warp(block.timestamp + 10);
        vm.prank(court);
        registry.annul(deedId, "duplicate");
        vm.warp(attestations.epochStart(1) + 1);
        bytes32 root = keccak256("again");
        _attest(keccak256("host"), root, owner);
        _attestFigure(keccak256("host"), root, HOST_HOUR, 2);
        _attestFigure(keccak256("host"), root, keccak256("other"), 2);
        assertEq(_register(_manifest(keccak256("host"), root)), deedId);
        assertFalse(registry.record(deedId).capacityLocked);
        vm.startPrank(owner);
        issuer.issue(deedId, keccak256("other"), 1, 1 hours);
        assertTrue(registry.record(deedId).capacityLocked);
        assertEq(issuer.settle(deedId, HOST_HOUR), 1440e18);
        assertTrue(registry.record(deedId).capacityLocked);
        issuer.redeem(deedId, keccak256("other"), 1e18);
        assertFalse(registry.record(deedId).capacityLocked);
        issuer.issue(deedId, HOST_HOUR, 2, 1 hours);
        vm.stopPrank();
        assertEq(_left(deedId), 2e18);
    }

    function _amend(uint256 deedId, bytes32 root) private {
        bytes32 digest = registry.amendmentDigest(deedId, root, machine);
        registry.amend(deedId, root, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
    }

    /// @dev A machine that lost half its cards delivers half: what was issued above that lapses.
    function test_lowerFigureOfAChangedMachineLapsesTheRest() public {
        uint256 deedId = _deed("host", 8);
        _issue(deedId, 8, 100 hours);
        uint256 end = block.timestamp + 100 hours;
        vm.warp(attestations.epochStart(1) + 1);
        bytes32 root = keccak256("four cards");
        _amend(deedId, root);
        uint256 all = 8 * (end - block.timestamp) * 1e18 / 1 hours;
        // Pending: nothing is known of the machine as it is now, and what was issued stands.
        issuer.settle(deedId, HOST_HOUR);
        assertEq(_left(deedId), all);
        _attest(keccak256("host"), root, owner);
        registry.activate(deedId);
        // Attested, and the figure may still come.
        issuer.settle(deedId, HOST_HOUR);
        assertEq(_left(deedId), all);
        _attestFigure(keccak256("host"), root, HOST_HOUR, 4);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(_left(deedId), all / 2);
        assertEq(issuer.attestedUnits(deedId, HOST_HOUR), 4);
    }

    function test_noFigureWithinTheWindowMeansNone() public {
        uint256 deedId = _deed("host", 8);
        _issue(deedId, 8, 100 hours);
        vm.warp(attestations.epochStart(1) + 1);
        bytes32 root = keccak256("no cards");
        _amend(deedId, root);
        _attest(keccak256("host"), root, owner);
        registry.activate(deedId);
        vm.warp(block.timestamp + WINDOW);
        (, uint256 deliverable) = issuer.outstanding(deedId, HOST_HOUR);
        assertGt(deliverable, 0);
        vm.warp(block.timestamp + 1);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(token.totalSupply(), 0);
        assertFalse(registry.record(deedId).capacityLocked);
        vm.prank(owner);
        registry.transferFrom(owner, lender, deedId);
    }

    function test_batchDeedsHaveTheFigureEach() public {
        (bytes32 keyRoot, bytes32 root) = (keccak256("two keys"), keccak256("two manifests"));
        bytes32 key = registry.batchKeyOf(keyRoot, 2);
        _attest(key, root, owner);
        _attestFigure(key, root, HOST_HOUR, 3);
        IAssetRegistry.AssetManifest memory manifest = _manifest(key, root);
        bytes32 digest = registry.manifestDigest(manifest);
        uint256 first =
            registry.registerBatch(manifest, keyRoot, 2, false, _sign(ownerKey, digest), _sign(machineKey, digest));
        assertEq(_issue(first, 3, 1 hours), 3e18);
        assertEq(_issue(first + 1, 3, 1 hours), 3e18);
        assertEq(token.totalSupply(), 6e18);
    }

    /* FUZZ */

    /// @dev Whatever is redeemed and settled whenever: outstanding stays within what the rest of the term can deliver.
    function testFuzz_outstandingFitsTheRestOfTheTerm(uint16 units, uint32 term, uint32 wait, uint96 used, uint8 sold)
        public
    {
        units = uint16(bound(units, 1, 10_000));
        term = uint32(bound(term, 1 hours, 300 days));
        wait = uint32(bound(wait, 0, uint256(term) * 2));
        uint256 deedId = _deed("host", units);
        uint256 minted = _issue(deedId, units, term);
        vm.startPrank(owner);
        token.transfer(lender, minted * (uint256(sold) % 101) / 100);
        uint256 most = token.balanceOf(owner);
        if (most != 0) issuer.redeem(deedId, HOST_HOUR, bound(used, 0, most));
        vm.stopPrank();
        uint256 end = block.timestamp + term;
        vm.warp(block.timestamp + wait);
        if (issuer.positionOf(deedId, HOST_HOUR).end != 0) issuer.settle(deedId, HOST_HOUR);
        uint256 hoursLeft = block.timestamp >= end ? 0 : (end - block.timestamp) * units * 1e18 / 1 hours;
        assertLe(_left(deedId), hoursLeft);
        assertLe(token.totalSupply(), _left(deedId));
        assertEq(registry.record(deedId).capacityLocked, _left(deedId) != 0);
    }
}
