// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title ERC-7943, permissions of a token that stands for a real asset (ERC-20 form, interface id 0x3edbb4c4)
/// @notice Amounts are base units of the token.
interface IERC7943Fungible {
    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);
    event Frozen(address indexed account, uint256 amount);

    error ERC7943CannotSend(address account);
    error ERC7943CannotReceive(address account);
    error ERC7943CannotTransfer(address from, address to, uint256 amount);
    error ERC7943InsufficientUnfrozenBalance(address account, uint256 amount, uint256 unfrozen);

    /// @notice Moves tokens without their holder's consent, frozen ones last. Governance only.
    function forcedTransfer(address from, address to, uint256 amount) external returns (bool result);

    /// @notice Sets how much of `account`'s balance is frozen; it may be more than he has. Governance only.
    function setFrozenTokens(address account, uint256 amount) external returns (bool result);

    /// @notice Whether `account` may send tokens.
    function canSend(address account) external view returns (bool allowed);

    /// @notice Whether `account` may receive tokens.
    function canReceive(address account) external view returns (bool allowed);

    /// @notice How much of `account`'s balance is frozen.
    function getFrozenTokens(address account) external view returns (uint256 amount);

    /// @notice Whether a transfer would be allowed now, the sender's authority apart.
    function canTransfer(address from, address to, uint256 amount) external view returns (bool allowed);
}
