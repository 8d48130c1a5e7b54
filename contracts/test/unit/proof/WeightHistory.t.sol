// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Test} from "forge-std/Test.sol";
import {WeightHistory} from "../../../src/proof/WeightHistory.sol";

contract WeightHistoryTest is Test {
    using WeightHistory for WeightHistory.History;

    WeightHistory.History private history;
    uint256[] private times;
    uint256[] private weights;

    function push(uint256 weight) external {
        history.push(weight);
    }

    function test_nothingBeforeTheFirst() public {
        vm.warp(1_000);
        assertEq(history.latest(), 0);
        assertEq(history.valueAt(1_000), 0);
        history.push(7);
        assertEq(history.valueAt(999), 0);
        assertEq(history.valueAt(1_000), 7);
        assertEq(history.latest(), 7);
    }

    function test_theSameSecondOverwrites() public {
        vm.warp(1_000);
        history.push(7);
        history.push(9);
        vm.warp(2_000);
        history.push(1);
        history.push(2);
        vm.warp(3_000);
        history.push(3);
        assertEq(history.valueAt(1_999), 9);
        assertEq(history.valueAt(2_999), 2);
        assertEq(history.valueAt(3_000), 3);
    }

    function test_tooMuchIsRefused() public {
        vm.warp(1_000);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 96, uint256(1) << 96));
        this.push(uint256(1) << 96);
    }

    /// @dev Against a plain list searched from its end, at every second near a change.
    function testFuzz_asAPlainListSays(uint96[12] memory values, uint16[12] memory gaps) public {
        uint256 time = 1_800_000_000;
        for (uint256 i; i < values.length; ++i) {
            time += uint256(gaps[i]) % 4;
            vm.warp(time);
            history.push(values[i]);
            times.push(time);
            weights.push(values[i]);
        }
        for (uint256 at = 1_800_000_000 - 1; at <= time + 1; ++at) {
            assertEq(history.valueAt(at), _plain(at));
        }
    }

    function _plain(uint256 at) private view returns (uint256) {
        for (uint256 i = times.length; i > 0; --i) {
            if (times[i - 1] <= at) return weights[i - 1];
        }
        return 0;
    }
}
