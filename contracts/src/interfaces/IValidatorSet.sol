// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Validators and their stake
/// @notice Operators stake GAIB. The key that signs attestations is not the operator's own key, so that it can be
/// changed without moving the stake. All amounts are base units of GAIB (1e18 per token), all times seconds.
interface IValidatorSet {
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
    event SignerChanged(address indexed operator, address indexed from, address indexed to);
    event UnstakeRequested(address indexed operator, uint256 amount, uint48 leavesAt);
    event Withdrawn(address indexed operator, address indexed to, uint256 amount);
    event Slashed(address indexed operator, address indexed beneficiary, uint256 amount, uint256 reward, bytes32 fault);
    event Reinstated(address indexed operator);
    event Held(address indexed operator, uint48 until);

    error UnknownOperator(address operator);
    error SignerTaken(address signer, address operator);
    error StakeTooSmall(uint256 stake, uint256 minimum);
    error OperatorJailed(address operator);
    error StillLocked(address operator, uint256 until);
    error NothingToWithdraw(address operator);
    error WithdrawalDelayTooShort(uint256 delay, uint256 minimum);
    error BadFraction(uint256 bps);
    error FutureLookup(uint256 time, uint256 now_);

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

    /// @notice Takes `bps` ten-thousandths of all that `operator` has, rounded up; the rest begins to leave and the
    /// operator is jailed. Never reverts for want of stake: what is not there is not taken. Slasher only.
    /// @param beneficiary Is credited `rewardBps` ten-thousandths of what was taken, rounded down; the rest is burned.
    /// @param fault What is punished, for the record.
    function slash(address operator, uint256 bps, address beneficiary, uint256 rewardBps, bytes32 fault)
        external
        returns (uint256 taken);

    /// @notice Keeps all stake of `operator` from being withdrawn until `until`. Slasher only.
    function hold(address operator, uint48 until) external;

    /// @notice Lets a jailed operator stake again. Governance only.
    function reinstate(address operator) external;

    /// @notice Pays out the caller's credited rewards.
    function claimReward(address to) external returns (uint256 amount);

    /// @notice Burns what was slashed and not given away. Anyone.
    function burnSlashed() external returns (uint256 amount);

    /// @notice An operator's record.
    function operatorOf(address operator) external view returns (Operator memory);

    /// @notice The operator that a signing key belongs to or once belonged to; zero where none.
    function operatorOfSigner(address signer) external view returns (address);

    /// @notice Weight of `signer` at `time`, which must not be in the future.
    function weightAt(address signer, uint256 time) external view returns (uint256);

    /// @notice Weight of all signers at `time`.
    function totalWeightAt(uint256 time) external view returns (uint256);

    /// @notice Sum of the weights of `signers` at `time`, and the total at that time. Duplicates are the caller's care.
    function weightsAt(address[] calldata signers, uint256 time) external view returns (uint256 sum, uint256 total);

    /// @notice How long leaving stake can still be slashed, seconds.
    function withdrawalDelay() external view returns (uint48);
}
