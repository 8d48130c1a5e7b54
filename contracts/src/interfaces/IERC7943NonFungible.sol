// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title ERC-7943, permissions of a token that stands for a real asset (ERC-721 form, interface id 0xbf1ef5fe)
interface IERC7943NonFungible {
    event ForcedTransfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Frozen(address indexed account, uint256 indexed tokenId, bool indexed frozenStatus);

    error ERC7943CannotSend(address account);
    error ERC7943CannotReceive(address account);
    error ERC7943CannotTransfer(address from, address to, uint256 tokenId);

    /// @notice Moves a token without its owner's consent, by court order or enforcement. Governance only.
    function forcedTransfer(address from, address to, uint256 tokenId) external returns (bool result);

    /// @notice Freezes or frees a token of `account`. Governance only.
    function setFrozenTokens(address account, uint256 tokenId, bool frozenStatus) external returns (bool result);

    /// @notice Whether `account` may send tokens.
    function canSend(address account) external view returns (bool allowed);

    /// @notice Whether `account` may receive tokens.
    function canReceive(address account) external view returns (bool allowed);

    /// @notice Whether a token of `account` is frozen.
    function getFrozenTokens(address account, uint256 tokenId) external view returns (bool frozenStatus);

    /// @notice Whether a transfer would be allowed now, the sender's authority apart.
    function canTransfer(address from, address to, uint256 tokenId) external view returns (bool allowed);
}
