// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAssetRegistry} from "../src/interfaces/IAssetRegistry.sol";
import {Fixture} from "./Fixture.sol";

/// @dev Batches and their trees, written plainly and apart from the code under test.
abstract contract Trees is Fixture {
    function _keys(string memory name, uint256 count) internal pure returns (bytes32[] memory keys) {
        keys = new bytes32[](count);
        uint256 base = uint256(keccak256(bytes(name))) >> 64;
        for (uint256 i; i < count; ++i) {
            keys[i] = bytes32((base << 32) + i + 1);
        }
    }

    function _level(bytes32[] memory keys) private pure returns (bytes32[] memory level) {
        level = new bytes32[](keys.length);
        for (uint256 i; i < keys.length; ++i) {
            level[i] = keccak256(abi.encodePacked(uint8(0), uint32(i), keys[i]));
        }
    }

    function _above(bytes32[] memory level) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((level.length + 1) / 2);
        for (uint256 i; i < above.length; ++i) {
            bytes32 right = 2 * i + 1 < level.length ? level[2 * i + 1] : bytes32(0);
            above[i] = keccak256(abi.encodePacked(uint8(1), level[2 * i], right));
        }
    }

    function _rootOf(bytes32[] memory keys) internal pure returns (bytes32) {
        bytes32[] memory level = _level(keys);
        while (level.length > 1) level = _above(level);
        return level[0];
    }

    function _pathOf(bytes32[] memory keys, uint256 index) internal pure returns (bytes32[] memory path) {
        uint256 depth;
        while ((uint256(1) << depth) < keys.length) ++depth;
        path = new bytes32[](depth);
        bytes32[] memory level = _level(keys);
        for (uint256 height; height < depth; ++height) {
            uint256 neighbour = (index >> height) ^ 1;
            path[height] = neighbour < level.length ? level[neighbour] : bytes32(0);
            level = _above(level);
        }
    }

    function _signed(bytes32 key, bytes32 root)
        internal
        view
        returns (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b)
    {
        manifest = _manifest(key, root);
        bytes32 digest = registry.manifestDigest(manifest);
        (a, b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
    }

    function _batch(bytes32[] memory keys, bytes32 root, bool attested) internal returns (uint256 first) {
        bytes32 keyRoot = _rootOf(keys);
        bytes32 key = registry.batchKeyOf(keyRoot, uint32(keys.length));
        if (attested) _attest(key, root, owner);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(key, root);
        return registry.registerBatch(manifest, keyRoot, uint32(keys.length), false, a, b);
    }

    function _batchWithKeys(bytes32[] memory keys, bytes32 root, bool attested) internal returns (uint256 first) {
        bytes32 key = registry.batchKeyOf(_rootOf(keys), uint32(keys.length));
        if (attested) _attest(key, root, owner);
        (IAssetRegistry.AssetManifest memory manifest, bytes memory a, bytes memory b) = _signed(key, root);
        return registry.registerBatchKeys(manifest, keys, a, b);
    }
}
