// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BatchTree} from "../../../src/onramp/BatchTree.sol";
import {Trees} from "../../Trees.sol";

contract BatchTreeTest is Trees {
    function rootOnChain(bytes32[] calldata keys) external pure returns (bytes32) {
        return BatchTree.root(keys);
    }

    function containsOnChain(bytes32 root, uint32 count, uint32 index, bytes32 key, bytes32[] calldata path)
        external
        pure
        returns (bool)
    {
        return BatchTree.contains(root, count, index, key, path);
    }

    /// @dev The root built on chain is the root of the plain recursive definition, for every size.
    function testFuzz_rootAndProofsAgree(uint8 size, uint8 pick) public view {
        uint256 count = bound(size, 1, 40);
        bytes32[] memory keys = _keys("fuzz", count);
        uint32 index = uint32(bound(pick, 0, count - 1));
        bytes32 root = this.rootOnChain(keys);
        assertEq(root, _rootOf(keys));
        bytes32[] memory path = _pathOf(keys, index);
        assertTrue(this.containsOnChain(root, uint32(count), index, keys[index], path));
        assertFalse(this.containsOnChain(root, uint32(count), index, keccak256("other"), path));
        assertFalse(this.containsOnChain(root, uint32(count), uint32(count), keys[index], path));
        if (count > 1) assertFalse(this.containsOnChain(root, uint32(count), index ^ 1, keys[index], path));
        assertFalse(this.containsOnChain(root, uint32(count), index, keys[index], new bytes32[](path.length + 1)));
    }

    /// @dev By hand: three keys, the fourth place empty.
    function test_threeKeysByHand() public view {
        bytes32[] memory keys = new bytes32[](3);
        (keys[0], keys[1], keys[2]) = (bytes32(uint256(1)), bytes32(uint256(2)), bytes32(uint256(3)));
        bytes32 left = keccak256(
            abi.encodePacked(
                hex"01",
                keccak256(abi.encodePacked(hex"0000000000", keys[0])),
                keccak256(abi.encodePacked(hex"0000000001", keys[1]))
            )
        );
        bytes32 right =
            keccak256(abi.encodePacked(hex"01", keccak256(abi.encodePacked(hex"0000000002", keys[2])), bytes32(0)));
        assertEq(this.rootOnChain(keys), keccak256(abi.encodePacked(hex"01", left, right)));
    }

    /// @dev A node is no leaf: neither its hash nor the empty neighbour can be shown as a key.
    function test_nodesAndEmptyPlacesAreNoKeys() public view {
        bytes32[] memory keys = _keys("rack", 3);
        bytes32 root = _rootOf(keys);
        bytes32[] memory path = _pathOf(keys, 2);
        assertFalse(this.containsOnChain(root, 3, 3, bytes32(0), path));
        assertFalse(this.containsOnChain(root, 4, 3, bytes32(0), path));
        bytes32[] memory none = new bytes32[](0);
        assertFalse(this.containsOnChain(root, 1, 0, root, none));
    }

    function testFuzz_orderIsKept(uint8 size, uint8 first, uint8 second) public {
        uint256 count = bound(size, 2, 30);
        bytes32[] memory keys = _keys("fuzz", count);
        (uint256 i, uint256 j) = (bound(first, 0, count - 1), bound(second, 0, count - 1));
        vm.assume(i != j);
        (keys[i], keys[j]) = (keys[j], keys[i]);
        vm.expectPartialRevert(BatchTree.KeyOutOfOrder.selector);
        this.rootOnChain(keys);
    }

    function testFuzz_depth(uint256 count) public pure {
        count = bound(count, 1, 1 << 24);
        uint256 levels = BatchTree.depth(count);
        assertGe(1 << levels, count);
        if (levels != 0) assertLt(1 << (levels - 1), count);
    }
}
