// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IStakeSource} from "./IStakeSource.sol";

/// @title Stake in Symbiotic vaults
/// @notice Amounts are base units of the vaults' collateral, times seconds.
interface ISymbioticStake is IStakeSource {
    /// @notice Symbiotic's own contracts on this chain.
    struct Core {
        address networkRegistry;
        address middlewareService;
        address vaultFactory;
        address operatorRegistry;
        address operatorNetworkOptIn;
    }

    /// @param withdrawalDelay What counted stays slashable that long; must exceed `challengeWindow + slack`.
    /// @param challengeWindow Seconds an attestation can be disputed.
    /// @param slack Seconds for a dispute to be decided and executed.
    /// @param sink Gets what is slashed and nobody's reward.
    struct Setup {
        uint256 minimumStake;
        uint48 withdrawalDelay;
        uint48 challengeWindow;
        uint48 slack;
        address sink;
    }

    event VaultAdded(address indexed vault, uint256 limit);
    event VaultRemoved(address indexed vault);
    event LimitSet(address indexed vault, uint256 limit);
    event ResolverSet(address indexed vault, address resolver);
    event Captured(uint256 indexed time, uint256 total);
    event SlashRequested(
        address indexed vault, uint256 indexed index, address indexed operator, uint256 amount, bytes32 fault
    );

    error TooManyVaults(uint256 limit);
    error VaultUnfit(address vault, string why);
    error EpochTooShort(address vault, uint256 epoch, uint256 needed);
    error NotOptedIn(address operator);
    error StakeTooSmall(uint256 stake, uint256 minimum);
    error StakeLargeEnough(uint256 stake, uint256 minimum);
    error NoRequest(address vault, uint256 index);

    /// @notice Takes a vault on; refuses one whose epoch is not longer than the delay and its veto. Governance only.
    /// @param limit Most of the vault that this network may be given.
    function addVault(address vault, uint256 limit) external;

    /// @notice Sets the most of a vault that this network may be given. Governance only.
    function setLimit(address vault, uint256 limit) external;

    /// @notice Names who may veto slashings of a vault with a veto slasher; takes effect by the slasher's own delay.
    /// Governance only.
    function setResolver(address vault, address resolver) external;

    /// @notice A vault counts no more from now on; what counted stays slashable. Governance only.
    function removeVault(address vault) external;

    /// @notice Takes a removed vault off the list once nothing that counted can be slashed any more. Anyone.
    function forgetVault(uint256 index) external;

    /// @notice Names the caller's signing key, or another. He must be an operator in Symbiotic, have opted in to this
    /// network, and have the least stake.
    function register(address signer) external;

    /// @notice The caller's key signs no more.
    function deregister() external;

    /// @notice Takes the key from an operator whose stake has fallen below the least. Anyone.
    function evict(address operator) external;

    /// @notice Executes a slashing that a vault with a veto was asked for, once the veto time is over. Anyone.
    function executeSlash(address vault, uint256 index) external returns (uint256 taken);

    /// @notice Keeps the weights of one past second, as Symbiotic remembers them. Anyone.
    function capture(uint256 time) external returns (uint256 total);

    /// @notice Stake of an operator at `time` in all vaults that counted then.
    function stakeAt(address operator, uint256 time) external view returns (uint256);
}
