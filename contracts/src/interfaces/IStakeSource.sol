// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Stake that stands behind attestations, wherever it is held
/// @notice What attestations, disputes and faults need of a stake: whose signature counts how much at which second, and
/// that it can be taken. GAIB's own staking, Symbiotic vaults and EigenLayer operator sets each fulfil it. All amounts
/// are base units of the source's token, all times seconds.
interface IStakeSource {
    event SignerChanged(address indexed operator, address indexed from, address indexed to);
    event Slashed(address indexed operator, address indexed beneficiary, uint256 amount, uint256 reward, bytes32 fault);
    event Reinstated(address indexed operator);
    event Held(address indexed operator, uint48 until);

    error UnknownOperator(address operator);
    error SignerTaken(address signer, address operator);
    error OperatorJailed(address operator);
    error NothingToWithdraw(address account);
    error WithdrawalDelayTooShort(uint256 delay, uint256 minimum);
    error BadFraction(uint256 bps);
    error FutureLookup(uint256 time, uint256 now_);

    /// @notice Takes `bps` ten-thousandths of the operator's slashable stake, rounded up; the operator is jailed and its
    /// signatures count no more. Never reverts for want of stake: what is not there is not taken. Slasher only.
    /// @param at The second whose stake vouched for what is punished: where stake that left since can still be told
    /// apart by time, it is taken too.
    /// @param beneficiary Is credited `rewardBps` ten-thousandths of what was taken, rounded down.
    /// @param fault What is punished, for the record.
    /// @return taken What was taken at once; 0 where the source only asked for it (a veto may stop it).
    function slash(address operator, uint256 bps, uint48 at, address beneficiary, uint256 rewardBps, bytes32 fault)
        external
        returns (uint256 taken);

    /// @notice Keeps all stake of `operator` from being withdrawn until `until`, where the source can; else the source's
    /// own delay, which {withdrawalDelay} tells, must be long enough. Slasher only.
    function hold(address operator, uint48 until) external;

    /// @notice Lets a jailed operator come back. Governance only.
    function reinstate(address operator) external;

    /// @notice The operator that a signing key belongs to or once belonged to; zero where none.
    function operatorOfSigner(address signer) external view returns (address);

    /// @notice Weight of `signer` at `time`, which must not be in the future.
    function weightAt(address signer, uint256 time) external view returns (uint256);

    /// @notice Weight of all signers at `time`.
    function totalWeightAt(uint256 time) external view returns (uint256);

    /// @notice Sum of the weights of `signers` at `time`, and the total at that time. Duplicates are the caller's care.
    function weightsAt(address[] calldata signers, uint256 time) external view returns (uint256 sum, uint256 total);

    /// @notice How long after it counted for the last time a stake can still be slashed, seconds; at least.
    function withdrawalDelay() external view returns (uint48);
}
