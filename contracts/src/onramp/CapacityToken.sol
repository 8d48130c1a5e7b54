// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IERC7943Fungible} from "../interfaces/IERC7943Fungible.sol";
import {FungiblePermissions} from "./FungiblePermissions.sol";

/// @title Hours of one class of machine
/// @notice 18 decimals; one token is one unit for one hour. Balances are shares times an index that only ever falls:
/// hours that nobody used in time are taken from all holders in proportion, in one step. While nothing lapsed that way,
/// the index is 1 and this is a plain ERC-20. Holders can be restricted and balances frozen (ERC-7943), through the issuer.
contract CapacityToken is FungiblePermissions, ERC20Permit, IERC165 {
    uint256 private constant ONE = 1e45;
    /// @dev Below this the rest of the supply is wiped and the index starts again: a class gets there after its supply
    /// lapsed unused to a thousand-billionth of a billionth of a billionth, all lapses multiplied.
    uint256 private constant SMALLEST_INDEX = 1e15;

    /// @notice The only one who mints, burns and writes down.
    address public immutable ISSUER;

    /// @notice Base units per share, times 1e45.
    uint256 public index = ONE;
    /// @notice How often the whole supply lapsed; balances of earlier generations are nothing.
    uint256 public generation;
    uint256 private _totalShares;
    mapping(uint256 generation => mapping(address account => uint256)) private _shares;

    event WrittenDown(uint256 amount, uint256 index, uint256 generation);

    error OnlyIssuer(address caller);

    modifier onlyIssuer() {
        if (msg.sender != ISSUER) revert OnlyIssuer(msg.sender);
        _;
    }

    /// @param name_ Name of the class, such as "NVIDIA H200 GPU-hour"; also the symbol.
    constructor(string memory name_) ERC20(name_, name_) ERC20Permit(name_) {
        ISSUER = msg.sender;
    }

    /// @notice Mints `amount` base units. Issuer only.
    function mint(address to, uint256 amount) external onlyIssuer {
        _mint(to, amount);
    }

    /// @notice Burns `amount` base units of `from` that are not frozen: redemption. Issuer only.
    function burn(address from, uint256 amount) external onlyIssuer {
        _burn(from, amount);
    }

    /// @notice Burns `amount` base units of `from`, frozen or not, because their time has passed. Issuer only.
    function lapse(address from, uint256 amount) external onlyIssuer {
        _thawFor(from, amount);
        _burn(from, amount);
    }

    /// @notice Lets only listed accounts hold the token, or anybody. Issuer only.
    function switchAllowList(bool on) external onlyIssuer {
        _switchAllowList(on);
    }

    /// @notice Lists or unlists a holder. Issuer only.
    function setAllowed(address account, bool allowed_) external onlyIssuer {
        _setAllowed(account, allowed_);
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev Issuer only.
    function setFrozenTokens(address account, uint256 amount) external onlyIssuer returns (bool) {
        _setFrozen(account, amount);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev Issuer only.
    function forcedTransfer(address from, address to, uint256 amount) external onlyIssuer returns (bool) {
        if (!canReceive(to)) revert ERC7943CannotReceive(to);
        uint256 balance = balanceOf(from);
        if (amount > balance) revert ERC20InsufficientBalance(from, balance, amount);
        _thawFor(from, amount);
        _moveShares(from, to, amount);
        emit ForcedTransfer(from, to, amount);
        return true;
    }

    /// @notice Takes `amount` base units from all holders in proportion; the supply falls by at least that. Issuer only.
    function writeDown(uint256 amount) external onlyIssuer {
        uint256 supply = totalSupply();
        uint256 next = amount >= supply ? 0 : Math.mulDiv(index, supply - amount, supply);
        if (next < SMALLEST_INDEX) {
            (next, _totalShares) = (ONE, 0);
            ++generation;
        }
        index = next;
        emit WrittenDown(amount, next, generation);
    }

    /// @inheritdoc ERC20
    function totalSupply() public view override returns (uint256) {
        return Math.mulDiv(_totalShares, index, ONE);
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return Math.mulDiv(_shares[generation][account], index, ONE);
    }

    /// @notice ERC-165: ERC-7943 in its fungible form.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(IERC7943Fungible).interfaceId;
    }

    function _update(address from, address to, uint256 value) internal override {
        _requireMovable(from, to, value, to == address(0));
        _moveShares(from, to, value);
    }

    /// @dev What leaves an account is rounded up in shares, what enters is rounded down: the sum never grows.
    function _moveShares(address from, address to, uint256 value) private {
        mapping(address account => uint256) storage shares = _shares[generation];
        uint256 out;
        if (from != address(0)) {
            uint256 balance = balanceOf(from);
            if (balance < value) revert ERC20InsufficientBalance(from, balance, value);
            out = Math.min(Math.mulDiv(value, ONE, index, Math.Rounding.Ceil), shares[from]);
            shares[from] -= out;
            _totalShares -= out;
        }
        if (to != address(0)) {
            uint256 into = Math.mulDiv(value, ONE, index);
            shares[to] += into;
            _totalShares += into;
        }
        emit Transfer(from, to, value);
    }
}
