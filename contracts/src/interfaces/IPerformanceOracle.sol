// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "./IAttestationRegistry.sol";

/// @title Performance of assets, epoch by epoch
/// @notice The factor is uptime × benchmark (each capped at 1), in ten-thousandths, rounded down. The key is the asset
/// key of a single deed, and `bytes32(deedId)` of a deed in a batch.
interface IPerformanceOracle {
    struct Reading {
        uint16 uptimeBps;
        uint16 benchmarkBps;
        uint16 factorBps;
        bool posted;
        bool disputed;
    }

    /// @notice Where an epoch stands: not begun, recent enough for earnings to be distributed by it, or too old for that.
    enum Age {
        Ahead,
        Fresh,
        Stale
    }

    event PerformancePosted(
        bytes32 indexed assetKey,
        uint64 indexed epoch,
        uint16 uptimeBps,
        uint16 benchmarkBps,
        uint16 factorBps,
        bytes32[] evidenceHashes
    );
    event ReadingDisputed(bytes32 indexed assetKey, uint64 indexed epoch, bool disputed);

    error EpochNotNewer(bytes32 assetKey, uint64 epoch, uint64 latest);
    error UptimeAboveFull(uint16 uptimeBps);

    /// @notice Puts a reading on chain that a quorum signed. Anyone may send it; epochs only go forward.
    function post(
        IAttestationRegistry.Performance calldata performance,
        bytes32[] calldata evidenceHashes,
        bytes[] calldata signatures
    ) external returns (uint16 factorBps);

    /// @notice Marks a reading as disputed, posted or still to come: money that waits for it goes to escrow. Guardian only.
    function setDisputed(bytes32 assetKey, uint64 epoch, bool disputed) external;

    /// @notice A reading; `posted` false where there is none.
    function reading(bytes32 assetKey, uint64 epoch) external view returns (Reading memory);

    /// @notice Where an epoch stands now.
    function ageOf(uint64 epoch) external view returns (Age);

    /// @notice The newest epoch with a reading.
    function latestEpoch(bytes32 assetKey) external view returns (uint64 epoch, bool posted);
}
