// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The tree over a batch's asset keys
/// @notice Leaf: keccak256(0x00 ‖ uint32 index ‖ key). Node: keccak256(0x01 ‖ left ‖ right). A missing right neighbour
/// is 32 zero bytes. The index in the leaf and the tags keep leaf and node, and two places, apart.
library BatchTree {
    error KeyOutOfOrder(uint256 index);

    /// @notice Root over `keys`, which must ascend strictly (so that no key stands twice).
    function root(bytes32[] calldata keys) internal pure returns (bytes32 top) {
        uint256 bad;
        assembly ("memory-safe") {
            let count := keys.length
            let level := mload(0x40)
            let source := keys.offset
            let previous := 0
            // Leaves. The first word of scratch space holds tag and index: 0x00, then four bytes.
            for { let i := 0 } lt(i, count) { i := add(i, 1) } {
                let key := calldataload(add(source, shl(5, i)))
                if iszero(gt(key, previous)) {
                    bad := add(i, 1)
                    break
                }
                previous := key
                mstore(0x00, shl(216, i))
                mstore(0x05, key)
                mstore(add(level, shl(5, i)), keccak256(0x00, 0x25))
            }
            // Nodes, each level written over the one below.
            let node := add(level, shl(5, add(count, 1)))
            mstore8(node, 1)
            for {} gt(count, 1) {} {
                if and(count, 1) {
                    mstore(add(level, shl(5, count)), 0)
                    count := add(count, 1)
                }
                count := shr(1, count)
                for { let i := 0 } lt(i, count) { i := add(i, 1) } {
                    let pair := add(level, shl(6, i))
                    mcopy(add(node, 1), pair, 0x40)
                    mstore(add(level, shl(5, i)), keccak256(node, 0x41))
                }
            }
            top := mload(level)
        }
        if (bad != 0) revert KeyOutOfOrder(bad - 1);
    }

    /// @notice Whether `key` stands at `index` of the `count` keys under `root_`. `path` has the neighbours, lowest first.
    function contains(bytes32 root_, uint32 count, uint32 index, bytes32 key, bytes32[] calldata path)
        internal
        pure
        returns (bool)
    {
        if (index >= count || path.length != depth(count)) return false;
        bytes32 hash = keccak256(abi.encodePacked(uint8(0), index, key));
        for (uint256 height; height < path.length; ++height) {
            hash = (index >> height) & 1 == 1
                ? keccak256(abi.encodePacked(uint8(1), path[height], hash))
                : keccak256(abi.encodePacked(uint8(1), hash, path[height]));
        }
        return hash == root_;
    }

    /// @notice Levels above the leaves.
    function depth(uint256 count) internal pure returns (uint256 levels) {
        while ((1 << levels) < count) ++levels;
    }
}
