// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

// What this protocol calls of EigenLayer's core, and what the core calls here. Signatures as published by
// Layr-Labs/eigenlayer-contracts, release 1.9 (slashing with a slasher for each operator set), files
// src/contracts/interfaces/{IAllocationManager,IAVSRegistrar,IDelegationManager,IStrategy}.sol; words are ours. There they
// name strategies `IStrategy`, which is an address in the ABI.

/// @notice One operator set of one AVS.
struct OperatorSet {
    address avs;
    uint32 id;
}

/// @title Allocations, registrations and slashing
interface IAllocationManager {
    /// @param strategies Ascending.
    /// @param slasher The only one who can slash the set.
    struct CreateSetParamsV2 {
        uint32 operatorSetId;
        address[] strategies;
        address slasher;
    }

    /// @param wadsToSlash For each strategy, of what is allocated; 1e18 is all.
    struct SlashingParams {
        address operator;
        uint32 operatorSetId;
        address[] strategies;
        uint256[] wadsToSlash;
        string description;
    }

    /// @notice Announces an AVS; comes before its operator sets.
    function updateAVSMetadataURI(address avs, string calldata metadataURI) external;

    /// @notice Names who is told of registrations.
    function setAVSRegistrar(address avs, address registrar) external;

    /// @notice Makes operator sets whose slashed stake goes to a recipient instead of being burned.
    function createRedistributingOperatorSets(
        address avs,
        CreateSetParamsV2[] calldata params,
        address[] calldata redistributionRecipients
    ) external;

    /// @notice Slashes; `shares` are the strategies' shares that were taken.
    function slashOperator(address avs, SlashingParams calldata params)
        external
        returns (uint256 slashId, uint256[] memory shares);

    /// @notice Stake of operators that stays slashable up to `futureBlock`, by operator and strategy, in shares.
    function getMinimumSlashableStake(
        OperatorSet calldata operatorSet,
        address[] calldata operators,
        address[] calldata strategies,
        uint32 futureBlock
    ) external view returns (uint256[][] memory slashableStake);

    /// @notice Whether the operator is registered, or left so short ago that it can still be slashed.
    function isOperatorSlashable(address operator, OperatorSet calldata operatorSet) external view returns (bool);

    /// @notice Blocks for which stake taken out of a set, and an operator who left it, stay slashable.
    // solhint-disable-next-line func-name-mixedcase
    function DEALLOCATION_DELAY() external view returns (uint32);
}

/// @title Who is told of registrations
interface IAVSRegistrar {
    /// @notice Reverts where the operator is not taken.
    function registerOperator(address operator, address avs, uint32[] calldata operatorSetIds, bytes calldata data)
        external;

    /// @notice Told of an operator that leaves.
    function deregisterOperator(address operator, address avs, uint32[] calldata operatorSetIds) external;

    /// @notice Whether this registrar is for the AVS.
    function supportsAVS(address avs) external view returns (bool);
}

/// @title Delegated stake
interface IDelegationManager {
    /// @notice Blocks until a queued withdrawal can be completed; it stays slashable until then.
    function minWithdrawalDelayBlocks() external view returns (uint32);
}

/// @title One staked token
interface IStrategy {
    /// @notice The token.
    function underlyingToken() external view returns (address);

    /// @notice Tokens that shares are worth, rounded down.
    function sharesToUnderlyingView(uint256 amountShares) external view returns (uint256);
}
