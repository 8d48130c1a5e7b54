// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title One element of a work proof, computed again
/// @notice Line `i` of matrix `tag` (0: rows of A, 1: columns of B) is the concatenation of
/// `keccak256(abi.encodePacked(bytes32 seed, uint8 tag, uint32 i, uint32 word))`, each byte a signed 8-bit number. An
/// element is the exact sum of products of a row of A and a column of B: below 2^31 for depths up to 32,768.
library WorkElement {
    /// @notice The element at `row`, `column`. `depth` is a multiple of 32.
    function product(bytes32 seed, uint32 row, uint32 column, uint32 depth) internal pure returns (int256 sum) {
        assembly ("memory-safe") {
            // Two messages of 41 bytes, side by side: seed, tag, line, word.
            let left := mload(0x40)
            let right := add(left, 0x40)
            mstore(left, seed)
            mstore(right, seed)
            let head := shl(216, row)
            let tail := or(shl(248, 1), shl(216, column))
            let words := shr(5, depth)
            for { let word := 0 } lt(word, words) { word := add(word, 1) } {
                let counter := shl(184, word)
                mstore(add(left, 0x20), or(head, counter))
                mstore(add(right, 0x20), or(tail, counter))
                let a := keccak256(left, 0x29)
                let b := keccak256(right, 0x29)
                for { let quarter := 0 } lt(quarter, 4) { quarter := add(quarter, 1) } {
                    sum := add(sum, mul(sar(248, a), sar(248, b)))
                    sum := add(sum, mul(sar(248, shl(8, a)), sar(248, shl(8, b))))
                    sum := add(sum, mul(sar(248, shl(16, a)), sar(248, shl(16, b))))
                    sum := add(sum, mul(sar(248, shl(24, a)), sar(248, shl(24, b))))
                    sum := add(sum, mul(sar(248, shl(32, a)), sar(248, shl(32, b))))
                    sum := add(sum, mul(sar(248, shl(40, a)), sar(248, shl(40, b))))
                    sum := add(sum, mul(sar(248, shl(48, a)), sar(248, shl(48, b))))
                    sum := add(sum, mul(sar(248, shl(56, a)), sar(248, shl(56, b))))
                    a := shl(64, a)
                    b := shl(64, b)
                }
            }
        }
    }

    /// @notice Leaf of a tile: keccak256(0x00 ‖ uint32 index ‖ tile).
    function leaf(uint32 index, bytes calldata tile) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), index, tile));
    }

    /// @notice Root that a leaf and its neighbours, lowest first, lead to. Node: keccak256(0x01 ‖ left ‖ right).
    function rootOf(bytes32 hash, uint256 index, bytes32[] calldata path) internal pure returns (bytes32) {
        for (uint256 height; height < path.length; ++height) {
            hash = (index >> height) & 1 == 1
                ? keccak256(abi.encodePacked(uint8(1), path[height], hash))
                : keccak256(abi.encodePacked(uint8(1), hash, path[height]));
        }
        return hash;
    }
}
