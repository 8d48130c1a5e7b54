// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IStakeSource} from "./IStakeSource.sol";

/// @title Validators and their stake
/// @notice Operators stake GAIB. The key that signs attestations is not the operator's own key, so that it can be
/// changed without moving the stake. All amounts are base units of GAIB (1e18 per token), all times seconds.
interface IValidatorSet is IStakeSource {
    /// @param signer The key whose signatures count with this operator's weight.
    /// @param active Stake that counts.
    /// @param leaving Stake on its way out: counts no more, can still be slashed.
    /// @param leavesAt When `leaving` can be withdrawn.
    /// @param jailed Whether it was slashed and may not stake again until governance lets it.
    struct Operator {
        address signer;
        bool jailed;
        uint48 leavesAt;
        uint96 active;
        uint96 leaving;
    }

    event Staked(address indexed operator, address indexed signer, uint256 amount);
    event UnstakeRequested(address indexed operator, uint256 amount, uint48 leavesAt);
    event Withdrawn(address indexed operator, address indexed to, uint256 amount);

    error StakeTooSmall(uint256 stake, uint256 minimum);
    error StillLocked(address operator, uint256 until);

    /// @notice Adds `amount` to the caller's stake, and names the signing key. The caller must have approved GAIB.
    /// @param amount Base units of GAIB; the stake after it must reach the minimum.
    /// @param signer Signing key; it may never have belonged to another operator.
    function stake(uint256 amount, address signer) external;

    /// @notice Moves the caller's weight to another signing key. Signatures of the old one count for times before now.
    function changeSigner(address signer) external;

    /// @notice Takes `amount` out of the caller's weight at once; it can be withdrawn after the withdrawal delay. A
    /// further request joins the first and starts its delay again.
    function requestUnstake(uint256 amount) external;

    /// @notice Pays out what the caller has waited for to `to`.
    function withdraw(address to) external returns (uint256 amount);

    /// @notice Pays out the caller's credited rewards.
    function claimReward(address to) external returns (uint256 amount);

    /// @notice Burns what was slashed and not given away. Anyone.
    function burnSlashed() external returns (uint256 amount);

    /// @notice An operator's record.
    function operatorOf(address operator) external view returns (Operator memory);
}
