// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IPerformanceOracle} from "../interfaces/IPerformanceOracle.sol";

/// @title Performance of assets, epoch by epoch
/// @dev Not upgradeable. A fall counts at once; a rise counts by at most `MAX_RISE` per posted epoch.
contract PerformanceOracle is IPerformanceOracle, AccessManaged {
    struct Last {
        uint64 epoch;
        uint16 factorBps;
        bool posted;
    }

    /// @notice Where the quorum is checked.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Greatest rise of the factor from one posted epoch to the next, ten-thousandths.
    uint16 public immutable MAX_RISE;
    /// @notice Epochs back that earnings can still be distributed by: payers cannot pick an old good one.
    uint64 public immutable MAX_AGE;
    uint16 private constant FULL = 10_000;

    mapping(bytes32 assetKey => mapping(uint64 epoch => Reading)) private _readings;
    mapping(bytes32 assetKey => Last) private _last;

    /// @param authority Access manager; knows the court.
    constructor(address authority, IAttestationRegistry attestations, uint16 maxRise, uint64 maxAge)
        AccessManaged(authority)
    {
        ATTESTATIONS = attestations;
        MAX_RISE = maxRise;
        MAX_AGE = maxAge;
    }

    /// @inheritdoc IPerformanceOracle
    function post(
        IAttestationRegistry.Performance calldata performance,
        bytes32[] calldata evidenceHashes,
        bytes[] calldata signatures
    ) external returns (uint16 factorBps) {
        (bytes32 key, uint64 epoch) = (performance.assetKey, performance.epoch);
        Last memory last = _last[key];
        if (last.posted && epoch <= last.epoch) revert EpochNotNewer(key, epoch, last.epoch);
        if (performance.uptimeBps > FULL) revert UptimeAboveFull(performance.uptimeBps);
        ATTESTATIONS.requirePerformance(performance, evidenceHashes, signatures);
        uint256 benchmark = performance.benchmarkBps > FULL ? FULL : performance.benchmarkBps;
        uint256 factor = uint256(performance.uptimeBps) * benchmark / FULL;
        if (last.posted && factor > uint256(last.factorBps) + MAX_RISE) factor = uint256(last.factorBps) + MAX_RISE;
        factorBps = uint16(factor);
        _readings[key][epoch] =
            Reading(performance.uptimeBps, performance.benchmarkBps, factorBps, true, _readings[key][epoch].disputed);
        _last[key] = Last(epoch, factorBps, true);
        emit PerformancePosted(key, epoch, performance.uptimeBps, performance.benchmarkBps, factorBps, evidenceHashes);
    }

    /// @inheritdoc IPerformanceOracle
    function setDisputed(bytes32 assetKey, uint64 epoch, bool disputed) external restricted {
        _readings[assetKey][epoch].disputed = disputed;
        emit ReadingDisputed(assetKey, epoch, disputed);
    }

    /// @inheritdoc IPerformanceOracle
    function reading(bytes32 assetKey, uint64 epoch) external view returns (Reading memory) {
        return _readings[assetKey][epoch];
    }

    /// @inheritdoc IPerformanceOracle
    function ageOf(uint64 epoch) external view returns (Age) {
        uint64 current = ATTESTATIONS.currentEpoch();
        if (epoch > current) return Age.Ahead;
        return current - epoch > MAX_AGE ? Age.Stale : Age.Fresh;
    }

    /// @inheritdoc IPerformanceOracle
    function latestEpoch(bytes32 assetKey) external view returns (uint64 epoch, bool posted) {
        return (_last[assetKey].epoch, _last[assetKey].posted);
    }
}
