// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {ICategoryRegistry} from "../../../src/interfaces/ICategoryRegistry.sol";
import {IERC7943NonFungible} from "../../../src/interfaces/IERC7943NonFungible.sol";
import {Fixture} from "../../Fixture.sol";

contract SignsAnything is IERC1271 {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

contract AssetRegistryTest is Fixture {
    bytes32 private constant KEY = keccak256("gpu");
    bytes32 private constant ROOT = keccak256("manifest");

    function _state(uint256 deedId) private view returns (IAssetRegistry.State) {
        return registry.record(deedId).state;
    }

    function _expectState(uint256 deedId, IAssetRegistry.State state) private view {
        assertEq(uint8(_state(deedId)), uint8(state));
    }

    /* REGISTRATION */

    function test_unattestedIsPendingUntilActivated() public {
        uint256 deedId = _register(_manifest(KEY, ROOT));
        _expectState(deedId, IAssetRegistry.State.Pending);
        assertEq(registry.record(deedId).manifestRoot, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotAttested.selector, deedId, KEY, ROOT, LIVE));
        registry.activate(deedId);
        vm.prank(owner);
        vm.expectRevert(
            abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Pending)
        );
        registry.transferFrom(owner, lender, deedId);
        _attest(KEY, ROOT, owner);
        registry.activate(deedId);
        _expectState(deedId, IAssetRegistry.State.Active);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Active));
        registry.activate(deedId);
    }

    function test_attestedManifestOfAnotherOwnerStaysPending() public {
        _attest(KEY, ROOT, lender);
        uint256 deedId = _register(_manifest(KEY, ROOT));
        _expectState(deedId, IAssetRegistry.State.Pending);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotAttested.selector, deedId, KEY, ROOT, LIVE));
        registry.activate(deedId);
    }

    function test_oneKeyHasOneLiveDeed() public {
        uint256 deedId = _deed("gpu", 0);
        IAssetRegistry.AssetManifest memory again = _manifest(KEY, keccak256("other"));
        bytes32 digest = registry.manifestDigest(again);
        bytes memory ownerSignature = _sign(ownerKey, digest);
        bytes memory machineSignature = _sign(machineKey, digest);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, owner));
        registry.register(again, ownerSignature, machineSignature);
    }

    function test_attestedRegistrationDisplacesASquatter() public {
        (address squatter, uint256 squatterKey) = makeAddrAndKey("squatter");
        IAssetRegistry.AssetManifest memory stolen = IAssetRegistry.AssetManifest(KEY, ROOT, HOST, squatter, squatter);
        bytes32 digest = registry.manifestDigest(stolen);
        uint256 deedId = registry.register(stolen, _sign(squatterKey, digest), _sign(squatterKey, digest));
        assertEq(registry.ownerOf(deedId), squatter);
        _attest(KEY, ROOT, owner);
        assertEq(_register(_manifest(KEY, ROOT)), deedId);
        assertEq(registry.ownerOf(deedId), owner);
        assertEq(registry.balanceOf(squatter), 0);
        assertEq(registry.balanceOf(owner), 1);
        (uint256 registered, uint256 ended) = registry.deedCounts();
        assertEq(registered, 2);
        assertEq(ended, 1);
    }

    function test_bothKeysMustSign() public {
        IAssetRegistry.AssetManifest memory manifest = _manifest(KEY, ROOT);
        bytes32 digest = registry.manifestDigest(manifest);
        bytes memory ownerSignature = _sign(ownerKey, digest);
        bytes memory machineSignature = _sign(machineKey, digest);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BadOwnerSignature.selector, owner));
        registry.register(manifest, machineSignature, machineSignature);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BadMachineSignature.selector, machine, owner));
        registry.register(manifest, ownerSignature, ownerSignature);
        manifest.machine = address(0);
        bytes memory zeroSigned = _sign(ownerKey, registry.manifestDigest(manifest));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BadMachineSignature.selector, address(0), address(0)));
        registry.register(manifest, zeroSigned, "");
    }

    function test_contractOwnerSignsByErc1271() public {
        address wallet = address(new SignsAnything());
        IAssetRegistry.AssetManifest memory manifest = _manifest(KEY, ROOT);
        manifest.owner = wallet;
        uint256 deedId = registry.register(manifest, "any", _sign(machineKey, registry.manifestDigest(manifest)));
        assertEq(registry.ownerOf(deedId), wallet);
    }

    function test_unknownCategoryIsRefused() public {
        IAssetRegistry.AssetManifest memory manifest = _manifest(KEY, ROOT);
        manifest.category = 77;
        bytes32 digest = registry.manifestDigest(manifest);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.UnknownCategory.selector, 77));
        registry.register(manifest, a, b);
    }

    function testFuzz_keyAndIdLeadToEachOther(bytes32 key) public {
        vm.assume(uint64(uint256(key)) >= registry.MAX_BATCH());
        _attest(key, ROOT, owner);
        uint256 deedId = _register(_manifest(key, ROOT));
        assertEq(registry.deedOf(key), deedId);
        assertEq(registry.record(deedId).assetKey, key);
        assertEq(registry.record(deedId).manifestRoot, ROOT);
        assertEq(deedId >> 255, 1);
        assertEq(registry.deedOf(key ^ bytes32(uint256(1) << 255)), 0);
    }

    /* THE END, AND COMING BACK */

    function test_retiredKeyComesBackByAYoungerAttestationOnly() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotDeedOwner.selector, deedId, lender));
        registry.retire(deedId, "sold");
        vm.warp(block.timestamp + 100);
        vm.prank(owner);
        registry.retire(deedId, "sold");
        _expectState(deedId, IAssetRegistry.State.Retired);
        assertEq(registry.deedOf(KEY), 0);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, deedId));
        registry.ownerOf(deedId);
        IAssetRegistry.AssetManifest memory manifest = _manifest(KEY, keccak256(abi.encode("root", "gpu")));
        bytes32 digest = registry.manifestDigest(manifest);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, address(0)));
        registry.register(manifest, a, b);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, manifest.manifestRoot, owner);
        assertEq(registry.register(manifest, a, b), deedId);
        assertEq(registry.ownerOf(deedId), owner);
    }

    /* AMENDMENT */

    function _amend(uint256 deedId, bytes32 root) private {
        bytes32 digest = registry.amendmentDigest(deedId, root, machine);
        registry.amend(deedId, root, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
    }

    function test_amendmentWithoutAttestationGoesBackToPending() public {
        uint256 deedId = _deed("gpu", 0);
        bytes32 next = keccak256("swapped");
        vm.expectEmit(address(registry));
        emit IAssetRegistry.Amended(deedId, keccak256(abi.encode("root", "gpu")), next, machine);
        _amend(deedId, next);
        _expectState(deedId, IAssetRegistry.State.Pending);
        assertEq(registry.record(deedId).manifestRoot, next);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, next, owner);
        registry.activate(deedId);
        assertTrue(registry.isAttestedDeed(deedId));
        _attest(KEY, next, owner);
        vm.warp(attestations.epochStart(2) + 1);
        bytes32 third = keccak256("third");
        _attest(KEY, third, owner);
        _amend(deedId, third);
        _expectState(deedId, IAssetRegistry.State.Active);
        assertEq(registry.amendments(deedId), 2);
    }

    function test_anAmendmentCannotBeReplayed() public {
        uint256 deedId = _deed("gpu", 0);
        bytes32 first = registry.record(deedId).manifestRoot;
        bytes32 digest = registry.amendmentDigest(deedId, ROOT, machine);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        registry.amend(deedId, ROOT, machine, a, b);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.SameRoot.selector, ROOT));
        registry.amend(deedId, ROOT, machine, a, b);
        _amend(deedId, first);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BadOwnerSignature.selector, owner));
        registry.amend(deedId, ROOT, machine, a, b);
    }

    /* PARENTS AND PAPERS */

    function test_parentsMakeNoCycle() public {
        (uint256 rack, uint256 host, uint256 gpu) = (_deed("rack", 0), _deed("host", 0), _deed("gpu", 0));
        vm.startPrank(owner);
        registry.setParent(gpu, host);
        registry.setParent(host, rack);
        assertEq(registry.record(gpu).parent, host);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ParentCycle.selector, rack, gpu));
        registry.setParent(rack, gpu);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ParentCycle.selector, rack, rack));
        registry.setParent(rack, rack);
        registry.setParent(gpu, 0);
        assertEq(registry.record(gpu).parent, 0);
        vm.stopPrank();
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotDeedOwner.selector, gpu, lender));
        registry.setParent(gpu, host);
    }

    function test_papersAreTheOwnersUntilListed() public {
        uint256 deedId = _deed("gpu", 0);
        IAssetRegistry.DeedPapers memory papers =
            IAssetRegistry.DeedPapers("SP1", "doc", "insurance", "burn-in", lender, address(0));
        vm.prank(owner);
        registry.setPapers(deedId, papers);
        assertEq(registry.papersOf(deedId).segregatedPortfolio, "SP1");
        _list(deedId, _debt());
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Listed));
        registry.setPapers(deedId, papers);
    }

    /* ERC-721 */

    function test_transferAndApproval() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, lender, deedId));
        registry.transferFrom(owner, lender, deedId);
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, lender));
        registry.approve(lender, deedId);
        vm.startPrank(owner);
        registry.approve(lender, deedId);
        _transferToNobody(deedId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(registry)));
        registry.safeTransferFrom(owner, address(registry), deedId);
        vm.stopPrank();
        vm.prank(lender);
        registry.transferFrom(owner, lender, deedId);
        assertEq(registry.getApproved(deedId), address(0));
        assertEq(registry.ownerOf(deedId), lender);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, owner, deedId, lender));
        registry.transferFrom(owner, owner, deedId);
        vm.prank(lender);
        registry.setApprovalForAll(owner, true);
        assertTrue(registry.isApprovedForAll(lender, owner));
        vm.prank(owner);
        registry.safeTransferFrom(lender, owner, deedId);
        assertEq(registry.balanceOf(owner), 1);
        assertEq(registry.balanceOf(lender), 0);
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOperator.selector, address(0)));
        registry.setApprovalForAll(address(0), true);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        registry.balanceOf(address(0));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 5));
        registry.transferFrom(owner, lender, 5);
    }

    /// @dev ERC-7943 asks first whether the receiver may hold deeds, and nobody at address zero may.
    function _transferToNobody(uint256 deedId) private {
        vm.expectRevert(abi.encodeWithSelector(IERC7943NonFungible.ERC7943CannotReceive.selector, address(0)));
        registry.transferFrom(owner, address(0), deedId);
    }

    function test_interfacesAndMetadata() public {
        assertEq(type(IERC7943NonFungible).interfaceId, bytes4(0xbf1ef5fe));
        assertTrue(registry.supportsInterface(0xbf1ef5fe));
        assertTrue(registry.supportsInterface(type(IERC721).interfaceId));
        assertTrue(registry.supportsInterface(0x01ffc9a7));
        assertTrue(registry.supportsInterface(0x5b5e139f));
        assertFalse(registry.supportsInterface(0xffffffff));
        assertEq(registry.name(), "GAIB Asset Deed");
        assertEq(registry.symbol(), "GAIBDEED");
        uint256 deedId = _deed("gpu", 0);
        vm.prank(admin);
        registry.setBaseUri("ipfs://");
        assertEq(registry.tokenURI(deedId), string.concat("ipfs://", vm.toString(keccak256(abi.encode("root", "gpu")))));
    }
}
