// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IStakeSource} from "./IStakeSource.sol";

/// @title Stake restaked through EigenLayer
/// @notice Weights are shares of one strategy; amounts are base units of its token, times seconds.
interface IEigenStake is IStakeSource {
    /// @param minimumStake Least slashable stake an operator registers with, shares.
    /// @param maxCaptureAge How long captured weights count.
    /// @param challengeWindow Seconds an attestation can be disputed.
    /// @param slack Seconds for a dispute to be decided and executed.
    /// @param sink Gets what is slashed and nobody's reward.
    struct Setup {
        uint256 minimumStake;
        uint48 maxCaptureAge;
        uint48 challengeWindow;
        uint48 slack;
        address sink;
    }

    event Opened(string metadataUri);
    event Captured(uint256 indexed time, uint256 total);
    event EigenSlash(address indexed operator, uint256 indexed slashId, uint256 shares);

    error OnlyAllocationManager(address caller);
    error OtherSet(address avs);
    error StakeTooSmall(uint256 stake, uint256 minimum);

    /// @notice Announces the AVS and makes its operator set, once. Governance only.
    function open(string calldata metadataUri) external;

    /// @notice Reads every operator's slashable stake; it counts from this second. Anyone; at least once in the time
    /// that captured weights count, else no quorum can be reached.
    function capture() external returns (uint256 total);

    /// @notice Shares of an operator that are slashable now and will be for the whole deallocation delay.
    function stakeOf(address operator) external view returns (uint256);
}
