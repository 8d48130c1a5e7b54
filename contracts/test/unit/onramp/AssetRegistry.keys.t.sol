// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IERC7943NonFungible} from "../../../src/interfaces/IERC7943NonFungible.sol";
import {Trees} from "../../Trees.sol";

/// @dev One machine, one deed: ways to get a second one, and what stops each.
contract AssetRegistryKeysTest is Trees {
    bytes32 private constant KEY = keccak256("gpu");
    bytes32 private constant ROOT = keccak256("manifests");

    /* KEYS THAT ARE NOT A SINGLE MACHINE'S */

    /// @dev What owner and machine signed for a batch, anybody could send as a single registration of the batch key.
    function test_batchSignaturesMakeNoSingleDeed() public {
        bytes32[] memory keys = _keys("rack", 4);
        uint256 first = _batch(keys, ROOT, true);
        bytes32 key = registry.batchKeyOf(_rootOf(keys), 4);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(key, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ReservedKey.selector, key));
        registry.register(manifest, a, b);
        assertEq(registry.balanceOf(owner), 4);
        assertEq(registry.record(first).attestationKey, key);
    }

    /// @dev An amended batch deed is attested under its own id; that attestation is not good for a second deed.
    function test_amendedBatchDeedGivesNoSecondDeed() public {
        uint256 first = _batch(_keys("rack", 3), ROOT, true);
        bytes32 next = keccak256("new gpu");
        bytes32 digest = registry.amendmentDigest(first + 2, next, machine);
        registry.amend(first + 2, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        _attest(bytes32(first + 2), next, owner);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) =
            _signed(bytes32(first + 2), next);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ReservedKey.selector, bytes32(first + 2)));
        registry.register(manifest, a, b);
    }

    function testFuzz_everyKeyOfABatchIsReserved(bytes32 root, uint32 count, uint256 index) public {
        count = uint32(bound(count, 1, registry.MAX_BATCH()));
        bytes32 key = registry.batchKeyOf(root, count);
        bytes32 deed = bytes32(((uint256(key) >> 65) << 64) | bound(index, 0, count - 1));
        for (uint256 i; i < 2; ++i) {
            bytes32 taken = i == 0 ? key : deed;
            vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ReservedKey.selector, taken));
            registry.register(_manifest(taken, ROOT), "", "");
        }
    }

    /* COMING BACK */

    function test_oldSignaturesBringNoRetiredKeyBack() public {
        uint256 deedId = _deed("gpu", 0);
        bytes32 root = registry.record(deedId).manifestRoot;
        vm.warp(block.timestamp + 10);
        vm.prank(owner);
        registry.retire(deedId, "sold");
        vm.warp(block.timestamp + 10);
        // Sent again, and signed anew for the same epoch: neither makes the key free.
        _attest(KEY, root, owner);
        (,, uint48 attestedAt,,) = attestations.attestation(KEY, root);
        assertEq(attestedAt, block.timestamp - 20);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(KEY, root);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, address(0)));
        registry.register(manifest, a, b);
        vm.warp(attestations.epochStart(1) + 1);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, address(0)));
        registry.register(manifest, a, b);
        _attest(KEY, root, owner);
        assertEq(registry.register(manifest, a, b), deedId);
    }

    function test_nothingOfTheOldDeedGoesOver() public {
        uint256 host = _deed("host", 0);
        uint256 deedId = _deed("gpu", 0);
        IAssetRegistry.DeedPapers memory papers =
            IAssetRegistry.DeedPapers("SP1", "doc", "insurance", "burn-in", lender, lender);
        vm.startPrank(owner);
        registry.setPapers(deedId, papers);
        registry.setParent(deedId, host);
        registry.retire(deedId, "sold");
        vm.stopPrank();
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, ROOT, owner);
        assertEq(_register(_manifest(KEY, ROOT)), deedId);
        assertEq(registry.papersOf(deedId).lienHolder, address(0));
        assertEq(registry.papersOf(deedId).segregatedPortfolio, "");
        assertEq(registry.record(deedId).parent, 0);
        assertEq(registry.record(deedId).manifestRoot, ROOT);
    }

    function test_aFrozenOrActiveDeedIsNotDisplaced() public {
        uint256 deedId = _deed("gpu", 0);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, ROOT, owner);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(KEY, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, owner));
        registry.register(manifest, a, b);
        vm.prank(admin);
        registry.setFrozenTokens(owner, deedId, true);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, KEY, deedId, owner));
        registry.register(manifest, a, b);
    }

    /* SENIORITY */

    function test_seniorityBeginsWhenADeedIsFirstActive() public {
        uint256 start = block.timestamp;
        uint256 deedId = _register(_manifest(KEY, ROOT));
        assertEq(registry.record(deedId).since, start);
        assertFalse(registry.record(deedId).admitted);
        vm.warp(start + 50);
        _attest(KEY, ROOT, owner);
        registry.activate(deedId);
        assertEq(registry.record(deedId).since, start + 50);
        assertTrue(registry.record(deedId).admitted);
        vm.warp(attestations.epochStart(1) + 1);
        bytes32 next = keccak256("swapped");
        bytes32 digest = registry.amendmentDigest(deedId, next, machine);
        registry.amend(deedId, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        _attest(KEY, next, owner);
        registry.activate(deedId);
        assertEq(registry.record(deedId).since, start + 50);
    }

    function test_aPendingDeedAmendedIntoForceIsAdmittedThen() public {
        uint256 deedId = _register(_manifest(KEY, ROOT));
        vm.warp(block.timestamp + 7);
        bytes32 next = keccak256("swapped");
        _attest(KEY, next, owner);
        bytes32 digest = registry.amendmentDigest(deedId, next, machine);
        vm.expectEmit(address(registry));
        emit IAssetRegistry.StateChanged(deedId, IAssetRegistry.State.Pending, IAssetRegistry.State.Active, "amended");
        registry.amend(deedId, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        assertTrue(registry.record(deedId).admitted);
        assertEq(registry.record(deedId).since, block.timestamp);
    }

    function test_aBatchIsAdmittedWhenItIsActivated() public {
        bytes32[] memory keys = _keys("rack", 3);
        uint256 start = block.timestamp;
        uint256 first = _batch(keys, ROOT, false);
        assertFalse(registry.record(first).admitted);
        vm.warp(start + 30);
        _attest(registry.batchKeyOf(_rootOf(keys), 3), ROOT, owner);
        registry.activate(first + 1);
        vm.warp(start + 60);
        registry.activateBatch(first >> 64);
        assertEq(registry.record(first).since, start + 60);
        assertEq(registry.record(first + 1).since, start + 30);
        assertTrue(registry.record(first).admitted);
        assertTrue(registry.record(first + 1).admitted);
    }

    function test_pledgedSaysWhetherADealHasIt() public {
        uint256 deedId = _deed("gpu", 0);
        assertFalse(registry.record(deedId).pledged);
        vm.prank(address(desk));
        registry.setListed(deedId, true);
        assertTrue(registry.record(deedId).pledged);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        assertTrue(registry.record(deedId).pledged);
        vm.prank(address(desk));
        registry.setListed(deedId, false);
        assertFalse(registry.record(deedId).pledged);
        vm.prank(court);
        registry.annul(deedId, "upheld");
        assertFalse(registry.record(deedId).pledged);
        assertTrue(registry.record(deedId).admitted);
    }

    /* REFUSALS */

    function test_retireAndAmendKeepToTheStates() public {
        uint256 deedId = _deed("gpu", 1);
        vm.startPrank(owner);
        issuer.issue(deedId, HOST_HOUR, 1, 1 days);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.CapacityOutstanding.selector, deedId));
        registry.retire(deedId, "sold");
        vm.stopPrank();
        _list(deedId, _debt());
        bytes32 digest = registry.amendmentDigest(deedId, ROOT, machine);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        bytes memory wrong =
            abi.encodeWithSelector(IAssetRegistry.WrongState.selector, deedId, IAssetRegistry.State.Listed);
        vm.expectRevert(wrong);
        registry.amend(deedId, ROOT, machine, a, b);
        vm.prank(owner);
        vm.expectRevert(wrong);
        registry.retire(deedId, "sold");
    }

    function test_unknownDeedsHaveNoRecord() public {
        assertEq(uint8(registry.record(77).state), uint8(IAssetRegistry.State.None));
        assertFalse(registry.isAttestedDeed(77));
        assertFalse(registry.canTransfer(owner, lender, 77));
        assertFalse(registry.getFrozenTokens(owner, 77));
        vm.startPrank(admin);
        vm.expectRevert();
        registry.setFrozenTokens(address(0), 77, true);
        vm.expectRevert();
        registry.forcedTransfer(address(0), lender, 77);
        vm.stopPrank();
    }

    function test_parentsGoNoDeeperThanEight() public {
        uint256 above;
        vm.startPrank(owner);
        for (uint256 i; i < 9; ++i) {
            uint256 deedId = _deed(string.concat("level", vm.toString(i)), 0);
            if (above != 0) registry.setParent(deedId, above);
            above = deedId;
        }
        uint256 tenth = _deed("level9", 0);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.ParentCycle.selector, tenth, above));
        registry.setParent(tenth, above);
        vm.stopPrank();
    }

    function test_aDisputedAndFrozenDeedMovesByForceAndStaysDisputed() public {
        uint256 deedId = _deed("gpu", 0);
        vm.prank(court);
        registry.setDisputed(deedId, true, "dispute");
        vm.startPrank(admin);
        registry.setFrozenTokens(owner, deedId, true);
        vm.expectEmit(address(registry));
        emit IERC7943NonFungible.ForcedTransfer(owner, lender, deedId);
        registry.forcedTransfer(owner, lender, deedId);
        vm.stopPrank();
        assertEq(registry.ownerOf(deedId), lender);
        assertTrue(registry.getFrozenTokens(lender, deedId));
        vm.prank(court);
        registry.setDisputed(deedId, false, "dismissed");
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Active));
    }

    function test_batchNeedsAReceiver() public {
        bytes32 root = _rootOf(_keys("rack", 2));
        IAssetRegistry.AssetManifest memory manifest = _manifest(registry.batchKeyOf(root, 2), ROOT);
        manifest.owner = address(0);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BadOwnerSignature.selector, address(0)));
        registry.registerBatch(manifest, root, 2, false, "", "");
    }
}
