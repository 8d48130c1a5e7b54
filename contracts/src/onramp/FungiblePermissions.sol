// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IERC7943Fungible} from "../interfaces/IERC7943Fungible.sol";

/// @title Who may hold a fungible token, and how much of it is frozen (ERC-7943)
/// @notice Open until its allow list is switched on. Whoever leaves (burns) needs no entry on the list; what is frozen
/// stays. Amounts are base units.
abstract contract FungiblePermissions is ERC20, IERC7943Fungible {
    /// @notice Whether only listed accounts may hold the token.
    bool public allowListOn;
    /// @notice Accounts that may hold the token while {allowListOn}.
    mapping(address account => bool) public allowed;
    mapping(address account => uint256) private _frozen;

    event AllowListSwitched(bool on);
    event AllowedSet(address indexed account, bool allowed);

    /// @inheritdoc IERC7943Fungible
    function canSend(address account) public view virtual returns (bool) {
        return !allowListOn || allowed[account];
    }

    /// @inheritdoc IERC7943Fungible
    function canReceive(address account) public view virtual returns (bool) {
        return account != address(0) && (!allowListOn || allowed[account]);
    }

    /// @inheritdoc IERC7943Fungible
    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        return canSend(from) && canReceive(to) && amount <= _unfrozen(from);
    }

    /// @inheritdoc IERC7943Fungible
    function getFrozenTokens(address account) external view returns (uint256) {
        return _frozen[account];
    }

    function _switchAllowList(bool on) internal {
        allowListOn = on;
        emit AllowListSwitched(on);
    }

    function _setAllowed(address account, bool allowed_) internal {
        allowed[account] = allowed_;
        emit AllowedSet(account, allowed_);
    }

    function _setFrozen(address account, uint256 amount) internal {
        _frozen[account] = amount;
        emit Frozen(account, amount);
    }

    function _unfrozen(address account) internal view returns (uint256) {
        (, uint256 free) = Math.trySub(balanceOf(account), _frozen[account]);
        return free;
    }

    /// @dev For what needs no consent (force, lapse): frees as much of the frozen part as `amount` reaches into.
    function _thawFor(address account, uint256 amount) internal {
        uint256 left = balanceOf(account) - amount;
        if (_frozen[account] > left) _setFrozen(account, left);
    }

    /// @dev Reverts where the permissions forbid it. Mint: receiver only. Burn and exit: frozen part only.
    function _requireMovable(address from, address to, uint256 amount, bool exit) internal view {
        if (from != address(0)) {
            if (!exit && !canSend(from)) revert ERC7943CannotSend(from);
            uint256 free = _unfrozen(from);
            if (amount > free && amount <= balanceOf(from)) {
                revert ERC7943InsufficientUnfrozenBalance(from, amount, free);
            }
        }
        if (to != address(0) && !canReceive(to)) revert ERC7943CannotReceive(to);
    }
}
