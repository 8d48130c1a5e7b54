// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title One element of a work proof, computed again
/// @notice Line `i` of matrix `tag` (0: rows of A, 1: columns of B) is the keystream of ChaCha8 under the round's seed, its
/// blocks numbered from 0, nonce (i, tag, "gaib"), each byte a signed 8-bit number; in lines of B the words of each 16 bytes
/// stand in reverse. An element is the exact sum of products of a row of A and a column of B: below 2^31 for depths up to
/// 32,768. See docs/work-proof.md.
/// @dev Eight words of 32 bits lie in one of 256, so that one operation serves a block of A and one of B: lane by lane a
/// word of A above a word of B. Multiplied as numbers of base 2^32, the top digit is the sum of eight products: word `l`
/// of A meets word `3 - l` of B, which is why B stands in reverse.
library WorkElement {
    /// @dev The top bit of every lane, and the rest: an addition without carries from lane to lane.
    uint256 private constant TOPS = 0x8000000080000000800000008000000080000000800000008000000080000000;
    uint256 private constant REST = 0x7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff7fffffff;
    /// @dev What of a lane comes from its left shift when it is rotated by that many bits.
    uint256 private constant HIGH_16 = 0xffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000;
    uint256 private constant HIGH_12 = 0xfffff000fffff000fffff000fffff000fffff000fffff000fffff000fffff000;
    uint256 private constant HIGH_8 = 0xffffff00ffffff00ffffff00ffffff00ffffff00ffffff00ffffff00ffffff00;
    uint256 private constant HIGH_7 = 0xffffff80ffffff80ffffff80ffffff80ffffff80ffffff80ffffff80ffffff80;
    /// @dev Every second lane: those of A.
    uint256 private constant LEFT = 0xffffffff00000000ffffffff00000000ffffffff00000000ffffffff00000000;
    /// @dev The low byte of every lane, and 128 in each.
    uint256 private constant BYTES = 0x000000ff000000ff000000ff000000ff000000ff000000ff000000ff000000ff;
    uint256 private constant OFFSETS = 0x0000008000000080000000800000008000000080000000800000008000000080;
    /// @dev Turns signed bytes into themselves plus 128.
    uint256 private constant SIGNS = 0x8080808080808080808080808080808080808080808080808080808080808080;
    /// @dev Half of every lane but the top one: keeps the sums below it from being negative.
    uint256 private constant FLOOR = 0x0000000080000000800000008000000080000000800000008000000080000000;
    /// @dev "expand 32-byte k", the four words of RFC 8439, in lanes of A and of B.
    uint256 private constant EXPAND = 0x61707865617078653320646e3320646e79622d3279622d326b2065746b206574;
    /// @dev Tag and domain of the nonce: 0 and 1, and "gaib" as a little-endian word.
    uint256 private constant NONCE = 0x0000000000000000000000000000000000000000000000016269616762696167;

    /// @dev One more in both counters.
    uint256 private constant COUNT = 0x0000000100000001000000000000000000000000000000000000000000000000;

    /// @notice The element at `row`, `column`. `depth` is a multiple of 64, at most 32,768.
    function product(bytes32 seed, uint32 row, uint32 column, uint32 depth) internal pure returns (int256) {
        uint256 key = _littleEndian(uint256(seed));
        // Where both blocks start: constants, key, key, counters and nonces.
        uint256[4] memory start =
            [EXPAND, _twice(key >> 128), _twice(key), NONCE | uint256(row) << 160 | uint256(column) << 128];
        uint256 sums = FLOOR;
        unchecked {
            for (uint256 left = depth / 64; left != 0; --left) {
                (uint256 a, uint256 b, uint256 c, uint256 d) = _blocks(start);
                sums += _dot(a, b, c, d);
                assembly ("memory-safe") {
                    let counters := add(start, 0x60)
                    mstore(counters, add(mload(counters), COUNT))
                }
            }
        }
        return int256(int32(uint32(sums >> 224)));
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

    /// @notice Draw `number` of a challenge: the first six bytes of keccak256(nonce ‖ commitment ‖ 0x00 ‖ uint32 number),
    /// modulo the tiles of all rounds.
    function draw(bytes32 nonce, bytes32 commitment, uint32 number, uint256 tiles) internal pure returns (uint256) {
        return uint256(uint48(bytes6(keccak256(abi.encodePacked(nonce, commitment, uint8(0), number))))) % tiles;
    }

    /* INTERNAL */

    /// @dev ChaCha8 over two blocks. Each line of the quarter round is one of RFC 8439, section 2.1.
    function _blocks(uint256[4] memory start) private pure returns (uint256 a, uint256 b, uint256 c, uint256 d) {
        assembly ("memory-safe") {
            let rest := REST
            let tops := TOPS
            let high16 := HIGH_16
            let high12 := HIGH_12
            let high8 := HIGH_8
            let high7 := HIGH_7
            a := mload(start)
            b := mload(add(start, 0x20))
            c := mload(add(start, 0x40))
            d := mload(add(start, 0x60))
            // Columns, lanes turned to diagonals, diagonals, lanes turned back.
            for { let double := 4 } double { double := sub(double, 1) } {
                a := xor(add(and(a, rest), and(b, rest)), and(xor(a, b), tops))
                d := xor(d, a)
                d := or(and(shl(16, d), high16), and(shr(16, d), not(high16)))
                c := xor(add(and(c, rest), and(d, rest)), and(xor(c, d), tops))
                b := xor(b, c)
                b := or(and(shl(12, b), high12), and(shr(20, b), not(high12)))
                a := xor(add(and(a, rest), and(b, rest)), and(xor(a, b), tops))
                d := xor(d, a)
                d := or(and(shl(8, d), high8), and(shr(24, d), not(high8)))
                c := xor(add(and(c, rest), and(d, rest)), and(xor(c, d), tops))
                b := xor(b, c)
                b := or(and(shl(7, b), high7), and(shr(25, b), not(high7)))
                b := or(shl(64, b), shr(192, b))
                c := or(shl(128, c), shr(128, c))
                d := or(shl(192, d), shr(64, d))
                a := xor(add(and(a, rest), and(b, rest)), and(xor(a, b), tops))
                d := xor(d, a)
                d := or(and(shl(16, d), high16), and(shr(16, d), not(high16)))
                c := xor(add(and(c, rest), and(d, rest)), and(xor(c, d), tops))
                b := xor(b, c)
                b := or(and(shl(12, b), high12), and(shr(20, b), not(high12)))
                a := xor(add(and(a, rest), and(b, rest)), and(xor(a, b), tops))
                d := xor(d, a)
                d := or(and(shl(8, d), high8), and(shr(24, d), not(high8)))
                c := xor(add(and(c, rest), and(d, rest)), and(xor(c, d), tops))
                b := xor(b, c)
                b := or(and(shl(7, b), high7), and(shr(25, b), not(high7)))
                b := or(shl(192, b), shr(64, b))
                c := or(shl(128, c), shr(128, c))
                d := or(shl(64, d), shr(192, d))
            }
            a := xor(add(and(a, rest), and(mload(start), rest)), and(xor(a, mload(start)), tops))
            start := add(start, 0x20)
            b := xor(add(and(b, rest), and(mload(start), rest)), and(xor(b, mload(start)), tops))
            start := add(start, 0x20)
            c := xor(add(and(c, rest), and(mload(start), rest)), and(xor(c, mload(start)), tops))
            start := add(start, 0x20)
            d := xor(add(and(d, rest), and(mload(start), rest)), and(xor(d, mload(start)), tops))
        }
    }

    /// @dev Products of 64 pairs of signed bytes, summed in the top 32 bits: two rows of words at a time, byte by byte of the
    /// words. What stands below them stays within half a lane for 512 of these sums.
    function _dot(uint256 a, uint256 b, uint256 c, uint256 d) private pure returns (uint256 sums) {
        assembly ("memory-safe") {
            let left := LEFT
            let low := BYTES
            let offsets := OFFSETS
            let signs := SIGNS
            let u := xor(or(and(a, left), shr(32, and(b, left))), signs)
            let v := xor(or(and(shl(32, b), left), and(a, not(left))), signs)
            sums := mul(sub(and(u, low), offsets), sub(and(v, low), offsets))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := xor(or(and(c, left), shr(32, and(d, left))), signs)
            v := xor(or(and(shl(32, d), left), and(c, not(left))), signs)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
            u := shr(8, u)
            v := shr(8, v)
            sums := add(sums, mul(sub(and(u, low), offsets), sub(and(v, low), offsets)))
        }
    }

    /// @dev Each of eight 32-bit words with its bytes the other way round.
    function _littleEndian(uint256 words) private pure returns (uint256) {
        uint256 odd = 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        words = ((words >> 8) & odd) | ((words & odd) << 8);
        uint256 halves = 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        return ((words >> 16) & halves) | ((words & halves) << 16);
    }

    /// @dev The low four words of 32 bits, each in a lane of A and one of B.
    function _twice(uint256 words) private pure returns (uint256 lanes) {
        for (uint256 lane; lane < 4; ++lane) {
            uint256 word = (words >> (96 - 32 * lane)) & type(uint32).max;
            lanes |= (word << 32 | word) << (192 - 64 * lane);
        }
    }
}
