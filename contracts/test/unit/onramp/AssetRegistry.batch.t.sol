// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Vm} from "forge-std/Vm.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {BatchTree} from "../../../src/onramp/BatchTree.sol";
import {Trees} from "../../Trees.sol";

contract AssetRegistryBatchTest is Trees {
    bytes32 private constant ROOT = keccak256("manifests");

    function test_everyDeedIsRealFromTheFirstSecond() public {
        bytes32[] memory keys = _keys("rack", 5);
        vm.recordLogs();
        uint256 first = _batch(keys, ROOT, true);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 transfers;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != keccak256("Transfer(address,address,uint256)")) continue;
            assertEq(logs[i].topics[1], 0);
            assertEq(address(uint160(uint256(logs[i].topics[2]))), owner);
            assertEq(uint256(logs[i].topics[3]), first + transfers);
            ++transfers;
        }
        assertEq(transfers, 5);
        for (uint256 i; i < 5; ++i) {
            assertEq(registry.ownerOf(first + i), owner);
        }
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, first + 5));
        registry.ownerOf(first + 5);
        assertEq(registry.balanceOf(owner), 5);
        IAssetRegistry.Record memory deed = registry.record(first + 3);
        assertEq(deed.index, 3);
        assertEq(deed.batchNumber, first >> 64);
        assertEq(deed.attestationKey, registry.batchKeyOf(_rootOf(keys), 5));
        assertEq(deed.manifestRoot, ROOT);
        assertEq(uint8(deed.state), uint8(IAssetRegistry.State.Active));
        assertEq(first >> 255, 0);
    }

    function test_leavesInCalldataGiveTheSameBatch() public {
        bytes32[] memory keys = _keys("rack", 7);
        uint256 first = _batchWithKeys(keys, ROOT, false);
        (address who, uint32 count,, IAssetRegistry.State state,, bytes32 root) = registry.batch(first >> 64);
        assertEq(who, owner);
        assertEq(count, 7);
        assertEq(root, ROOT);
        assertEq(uint8(state), uint8(IAssetRegistry.State.Pending));
        assertEq((uint256(registry.batchKeyOf(_rootOf(keys), 7)) >> 65) << 64, first);
    }

    function test_theSameBatchOnce() public {
        bytes32[] memory keys = _keys("rack", 3);
        uint256 first = _batch(keys, ROOT, false);
        bytes32 key = registry.batchKeyOf(_rootOf(keys), 3);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(key, ROOT);
        bytes32 root = _rootOf(keys);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AlreadyRegistered.selector, key, first, owner));
        registry.registerBatch(manifest, root, 3, false, a, b);
        vm.expectRevert(
            abi.encodeWithSelector(IAssetRegistry.WrongBatchKey.selector, key, registry.batchKeyOf(root, 4))
        );
        registry.registerBatch(manifest, root, 4, false, a, b);
        vm.expectRevert(IAssetRegistry.EmptyBatch.selector);
        registry.registerBatch(manifest, root, 0, false, a, b);
        uint32 large = uint32(registry.MAX_BATCH() + 1);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.BatchTooLarge.selector, large, large - 1));
        registry.registerBatch(manifest, root, large, false, a, b);
    }

    function test_keysMustAscend() public {
        bytes32[] memory keys = _keys("rack", 3);
        keys[2] = keys[1];
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(0, ROOT);
        vm.expectRevert(abi.encodeWithSelector(BatchTree.KeyOutOfOrder.selector, 2));
        registry.registerBatchKeys(manifest, keys, a, b);
    }

    function test_burnedBatchDeedNeverComesBack() public {
        uint256 first = _batch(_keys("rack", 4), ROOT, true);
        vm.prank(owner);
        registry.retire(first + 2, "scrapped");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, first + 2));
        registry.ownerOf(first + 2);
        assertEq(registry.balanceOf(owner), 3);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, first + 2));
        registry.transferFrom(owner, lender, first + 2);
        vm.prank(court);
        registry.annul(first, "duplicate");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, first));
        registry.ownerOf(first);
        assertEq(registry.ownerOf(first + 1), owner);
    }

    function test_transferOfOneLeavesTheOthers() public {
        uint256 first = _batch(_keys("rack", 3), ROOT, true);
        vm.prank(owner);
        registry.transferFrom(owner, lender, first + 1);
        assertEq(registry.ownerOf(first), owner);
        assertEq(registry.ownerOf(first + 1), lender);
        assertEq(registry.balanceOf(owner), 2);
        assertEq(registry.balanceOf(lender), 1);
        assertTrue(registry.isAttestedDeed(first + 1));
    }

    function test_pendingBatchIsActivatedAtOnce() public {
        bytes32[] memory keys = _keys("rack", 3);
        uint256 first = _batch(keys, ROOT, false);
        bytes32 key = registry.batchKeyOf(_rootOf(keys), 3);
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.NotAttested.selector, first, key, ROOT, LIVE));
        registry.activateBatch(first >> 64);
        _attest(key, ROOT, owner);
        registry.activateBatch(first >> 64);
        assertEq(uint8(registry.record(first + 1).state), uint8(IAssetRegistry.State.Active));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.WrongState.selector, first, IAssetRegistry.State.Active));
        registry.activateBatch(first >> 64);
    }

    function test_amendedBatchDeedStandsByItself() public {
        uint256 first = _batch(_keys("rack", 3), ROOT, true);
        bytes32 next = keccak256("new gpu");
        bytes32 digest = registry.amendmentDigest(first + 1, next, machine);
        registry.amend(first + 1, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        IAssetRegistry.Record memory deed = registry.record(first + 1);
        assertEq(deed.attestationKey, bytes32(first + 1));
        assertEq(deed.manifestRoot, next);
        assertEq(uint8(deed.state), uint8(IAssetRegistry.State.Pending));
        _attest(bytes32(first + 1), next, owner);
        registry.activate(first + 1);
        assertEq(registry.record(first).manifestRoot, ROOT);
    }

    function test_consecutiveEventOnlyWhereAllowed() public {
        bytes32[] memory keys = _keys("rack", 3);
        bytes32 root = _rootOf(keys);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) =
            _signed(registry.batchKeyOf(root, 3), ROOT);
        vm.expectRevert(IAssetRegistry.ConsecutiveTransfersOff.selector);
        registry.registerBatch(manifest, root, 3, true, a, b);
        vm.prank(admin);
        registry.setConsecutiveAllowed(true);
        uint256 first = (uint256(manifest.assetKey) >> 65) << 64;
        vm.expectEmit(address(registry));
        emit IAssetRegistry.ConsecutiveTransfer(first, first + 2, address(0), owner);
        registry.registerBatch(manifest, root, 3, true, a, b);
    }
}
