// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IPerformanceOracle} from "../../../src/interfaces/IPerformanceOracle.sol";
import {Fixture} from "../../Fixture.sol";

contract PerformanceOracleTest is Fixture {
    bytes32 private constant KEY = keccak256("gpu");

    function _next() private {
        vm.warp(attestations.epochStart(attestations.currentEpoch() + 1) + 1);
    }

    function _factor(uint64 epoch) private view returns (uint16) {
        return oracle.reading(KEY, epoch).factorBps;
    }

    function test_factorIsUptimeTimesBenchmark() public {
        vm.expectEmit(true, true, false, false, address(oracle));
        emit IPerformanceOracle.PerformancePosted(KEY, 0, 0, 0, 0, new bytes32[](0));
        uint64 epoch = _perform(KEY, 9_500, 9_000);
        IPerformanceOracle.Reading memory reading = oracle.reading(KEY, epoch);
        assertEq(reading.factorBps, 8_550);
        assertEq(reading.uptimeBps, 9_500);
        assertEq(reading.benchmarkBps, 9_000);
        assertTrue(reading.posted && !reading.disputed);
        (uint64 latest, bool posted) = oracle.latestEpoch(KEY);
        assertEq(latest, epoch);
        assertTrue(posted);
        (, posted) = oracle.latestEpoch("none");
        assertFalse(posted);
    }

    function test_aBenchmarkAboveTheManifestCountsAsFull() public {
        assertEq(_factor(_perform(KEY, 10_000, 12_345)), 10_000);
    }

    function test_epochsGoForwardOnly() public {
        _next();
        _perform(KEY, 9_000, 10_000);
        IAttestationRegistry.Performance memory again = IAttestationRegistry.Performance(KEY, 1, 10_000, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IPerformanceOracle.EpochNotNewer.selector, KEY, 1, 1));
        oracle.post(again, new bytes32[](0), new bytes[](0));
        again.epoch = 0;
        vm.expectRevert(abi.encodeWithSelector(IPerformanceOracle.EpochNotNewer.selector, KEY, 0, 1));
        oracle.post(again, new bytes32[](0), new bytes[](0));
    }

    function test_uptimeAboveFullAndMissingQuorumAreRefused() public {
        IAttestationRegistry.Performance memory wrong = IAttestationRegistry.Performance(KEY, 0, 10_001, 1);
        vm.expectRevert(abi.encodeWithSelector(IPerformanceOracle.UptimeAboveFull.selector, 10_001));
        oracle.post(wrong, new bytes32[](0), new bytes[](0));
        wrong.uptimeBps = 10_000;
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, 0, 4 * STAKE));
        oracle.post(wrong, new bytes32[](0), new bytes[](0));
    }

    /// @dev A fall counts at once, a rise by 20 points of a hundred for each epoch.
    function test_riseIsBoundedAndFallIsNot() public {
        assertEq(_factor(_perform(KEY, 10_000, 10_000)), 10_000);
        _next();
        assertEq(_factor(_perform(KEY, 1_000, 10_000)), 1_000);
        _next();
        assertEq(_factor(_perform(KEY, 10_000, 10_000)), 3_000);
        _next();
        assertEq(_factor(_perform(KEY, 4_999, 10_000)), 4_999);
    }

    /// @dev A dispute raised before the reading came is not wiped by it.
    function test_aDisputeOutlivesThePost() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        oracle.setDisputed(KEY, 0, true);
        vm.startPrank(guardian);
        vm.expectEmit(address(oracle));
        emit IPerformanceOracle.ReadingDisputed(KEY, 0, true);
        oracle.setDisputed(KEY, 0, true);
        vm.stopPrank();
        assertFalse(oracle.reading(KEY, 0).posted);
        _perform(KEY, 9_000, 9_000);
        assertTrue(oracle.reading(KEY, 0).disputed && oracle.reading(KEY, 0).posted);
        vm.prank(guardian);
        oracle.setDisputed(KEY, 0, false);
        assertFalse(oracle.reading(KEY, 0).disputed);
    }

    function testFuzz_factorStaysWithinOneAndTheRise(uint16[6] memory uptimes, uint16[6] memory benchmarks) public {
        uint256 last = 10_000;
        for (uint256 i; i < 6; ++i) {
            uint16 uptime = uint16(bound(uptimes[i], 0, 10_000));
            uint256 factor = _factor(_perform(KEY, uptime, benchmarks[i]));
            assertLe(factor, uptime);
            assertLe(factor, benchmarks[i]);
            assertLe(factor, last + 2_000);
            last = factor;
            _next();
        }
    }
}
