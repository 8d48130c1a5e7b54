// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The generator that was not chosen, to be measured beside the one that was
/// @dev Lines of `keccak256(seed ‖ tag ‖ line ‖ word)`, 32 bytes a hash, with the same packed products of bytes. See
/// docs/adr/0070-operand-generator.md.
library KeccakElement {
    uint256 private constant SIGNS = 0x8080808080808080808080808080808080808080808080808080808080808080;
    /// @dev The low byte of every 24 bits, eleven of them; three shifts of it cover 32 bytes.
    uint256 private constant BYTES = 0x0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff;

    function product(bytes32 seed, uint32 row, uint32 column, uint32 depth) internal pure returns (int256 sum) {
        uint256 products;
        uint256 ofLeft;
        uint256 ofRight;
        assembly ("memory-safe") {
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
                let a := xor(keccak256(left, 0x29), SIGNS)
                let b := xor(keccak256(right, 0x29), SIGNS)
                for { let bits := 0 } lt(bits, 24) { bits := add(bits, 8) } {
                    let x := and(shr(bits, a), BYTES)
                    let y := and(shr(bits, b), BYTES)
                    products := add(products, shr(240, mul(x, y)))
                    ofLeft := add(ofLeft, x)
                    ofRight := add(ofRight, y)
                }
            }
        }
        // Measures the work only: lanes of B would have to stand in reverse for the sum to be that of aligned pairs.
        return
            int256(products) - 128 * int256(ofLeft >> 240) - 128 * int256(ofRight >> 240) + int256(uint256(depth))
                * 16_384;
    }
}
