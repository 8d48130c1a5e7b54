// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {WorkElement} from "../../../src/proof/WorkElement.sol";
import {KeccakElement} from "../../gas/Generators.sol";

contract WorkElementTest is Test {
    /// @dev Values by main/core/proof in TypeScript.
    function test_isTheElementThatTheProverComputes() public pure {
        assertEq(WorkElement.product(_seed(0x5e), 0, 0, 64), 27168);
        assertEq(WorkElement.product(_seed(0x5e), 7, 1000, 1024), -25548);
        bytes32 counting = 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f;
        assertEq(WorkElement.product(counting, 3, 5, 256), -66133);
    }

    function test_isExactAtTheLargestDepth() public pure {
        assertEq(WorkElement.product(_seed(0xa1), 32_767, 12_345, 32_768), 212_594);
    }

    function test_costsLessThanThreeMillionAtTheLargestDepth() public {
        uint256 before = gasleft();
        WorkElement.product(_seed(0xa1), 32_767, 12_345, 32_768);
        uint256 used = before - gasleft();
        emit log_named_uint("gas, ChaCha8, depth 32768", used);
        assertLt(used, 2_800_000);
        before = gasleft();
        WorkElement.product(_seed(0xa1), 127, 1, 1024);
        emit log_named_uint("gas, ChaCha8, depth 1024", before - gasleft());
        before = gasleft();
        KeccakElement.product(_seed(0xa1), 32_767, 12_345, 32_768);
        emit log_named_uint("gas, Keccak, depth 32768", before - gasleft());
    }

    /// @dev The draw of docs/specs/work-proof-vectors.json: rounds 0, 1, 1 and tiles 2, 3, 1 of four a round.
    function test_drawsTheTilesThatTheVerifierDraws() public pure {
        bytes32 commitment = 0xd20690dd4a38a331aec1dae3ace7e69139de75882476fd3ded4e6bf2244a55e5;
        bytes32 nonce = 0x7777777777777777777777777777777777777777777777777777777777777777;
        uint256[3] memory drawn = [uint256(2), 7, 5];
        uint256 found;
        for (uint32 number; found < 3; ++number) {
            uint256 place = WorkElement.draw(nonce, commitment, number, 8);
            bool again = found > 0 && place == drawn[0] || found > 1 && place == drawn[1];
            if (!again) assertEq(place, drawn[found++]);
        }
    }

    function test_everyArgumentChangesTheElement() public pure {
        int256 one = WorkElement.product(_seed(0x5e), 7, 1000, 128);
        assertTrue(WorkElement.product(_seed(0x5f), 7, 1000, 128) != one);
        assertTrue(WorkElement.product(_seed(0x5e), 8, 1000, 128) != one);
        assertTrue(WorkElement.product(_seed(0x5e), 7, 1001, 128) != one);
        assertTrue(WorkElement.product(_seed(0x5e), 7, 1000, 192) != one);
    }

    function _seed(uint8 digit) private pure returns (bytes32) {
        return bytes32(uint256(digit) * (type(uint256).max / 255));
    }
}
