// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IERC7943NonFungible} from "../../../src/interfaces/IERC7943NonFungible.sol";
import {AssetRegistry} from "../../../src/onramp/AssetRegistry.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Freezing, pledging, forced moves and the allow-list.
contract AssetRegistryStatesTest is Fixture {
    bytes32 private constant KEY = keccak256("gpu");

    function _expectState(uint256 deedId, IAssetRegistry.State state) private view {
        assertEq(uint8(registry.record(deedId).state), uint8(state));
    }

    function test_frozenMovesOnlyByForce() public {
        uint256 deedId = _deed("gpu", 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        registry.setFrozenTokens(owner, deedId, true);
        assertTrue(registry.canTransfer(owner, lender, deedId));
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, lender, deedId, owner));
        registry.setFrozenTokens(lender, deedId, true);
        registry.setFrozenTokens(owner, deedId, true);
        assertTrue(registry.getFrozenTokens(owner, deedId));
        assertFalse(registry.canTransfer(owner, lender, deedId));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, lender, deedId, owner));
        registry.forcedTransfer(lender, admin, deedId);
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotReceive.selector, address(0)));
        registry.forcedTransfer(owner, address(0), deedId);
        registry.forcedTransfer(owner, lender, deedId);
        vm.stopPrank();
        assertEq(registry.ownerOf(deedId), lender);
        _expectState(deedId, IAssetRegistry.State.Active);
    }

    function test_twoReasonsToFreezeNeedTwoToFree() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(admin);
        registry.setFrozenTokens(owner, deedId, true);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vm.prank(admin);
        registry.setFrozenTokens(owner, deedId, false);
        _expectState(deedId, IAssetRegistry.State.Frozen);
        vm.startPrank(court);
        registry.setDisputed(deedId, false, "dismissed");
        _expectState(deedId, IAssetRegistry.State.Active);
        registry.setDisputed(deedId, false, "again");
        _expectState(deedId, IAssetRegistry.State.Active);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 3));
        registry.setDisputed(3, true, "");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 3));
        registry.annul(3, "");
        vm.stopPrank();
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Active));
        registry.setFrozenTokens(owner, deedId, false);
    }

    function test_frozenOrPendingDeedCannotBeListed() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vm.prank(address(desk));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Frozen));
        registry.setListed(deedId, true);
        vm.prank(address(desk));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotListed.selector, deedId));
        registry.setListed(deedId, false);
        vm.prank(address(desk));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotListed.selector, deedId));
        registry.enforce(deedId, receiver);
    }

    function test_disputedPledgeComesFreeOrIsEnforcedAndStaysFrozen() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(address(desk));
        registry.setListed(deedId, true);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Frozen));
        registry.forcedTransfer(owner, lender, deedId);
        vm.prank(address(desk));
        registry.enforce(deedId, receiver);
        assertEq(registry.ownerOf(deedId), receiver);
        _expectState(deedId, IAssetRegistry.State.Frozen);
        vm.prank(court);
        registry.setDisputed(deedId, false, "dismissed");
        _expectState(deedId, IAssetRegistry.State.Active);
    }

    function test_listedWithoutAttestationIsRefused() public {
        uint256 deedId = _deed("gpu", 0);
        (, uint64 validUntil,) = attestations.attested(KEY, keccak256(abi.encode("root", "gpu")));
        vm.warp(uint256(validUntil) + 1);
        vm.prank(address(desk));
        vm.expectRevert(
            abi.encodeWithSelector(
                IAssetRegistry.NotAttested.selector, deedId, KEY, keccak256(abi.encode("root", "gpu")), LIVE
            )
        );
        registry.setListed(deedId, true);
    }

    function test_allowListWhereADeploymentWantsIt() public {
        AssetRegistry closed = new AssetRegistry(address(access), attestations, categories, true);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = closed.setAllowed.selector;
        vm.startPrank(admin);
        access.setTargetFunctionRole(address(closed), selectors, GOVERNOR);
        vm.stopPrank();
        bytes32 root = keccak256("closed");
        _attest(KEY, root, owner);
        IAssetRegistry.AssetManifest memory manifest = _manifest(KEY, root);
        bytes32 digest = closed.manifestDigest(manifest);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotReceive.selector, owner));
        closed.register(manifest, a, b);
        vm.prank(admin);
        closed.setAllowed(owner, true);
        uint256 deedId = closed.register(manifest, a, b);
        assertFalse(closed.canTransfer(owner, lender, deedId));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotReceive.selector, lender));
        closed.transferFrom(owner, lender, deedId);
        vm.startPrank(admin);
        closed.setAllowed(lender, true);
        closed.setAllowed(owner, false);
        vm.stopPrank();
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotSend.selector, owner));
        closed.transferFrom(owner, lender, deedId);
    }

    function test_capacityLockNeedsADeed() public {
        vm.prank(address(issuer));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        registry.setCapacityLock(9, true);
    }
}
