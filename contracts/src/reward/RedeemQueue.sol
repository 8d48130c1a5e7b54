// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC7540Operator, IERC7540Redeem} from "../interfaces/IERC7540Redeem.sol";
import {IAssetPool} from "../interfaces/IAssetPool.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Redemption requests, first come first served, and what is served of them (ERC-7540)
abstract contract RedeemQueue is IERC7540Operator, IERC7540Redeem {
    bytes4 internal constant OPERATOR_ID = 0xe3bc4e65;
    bytes4 internal constant ASYNC_REDEEM_ID = 0x620ee8e4;
    bytes4 internal constant VAULT_ID = 0x2f0a18c5;

    struct Request {
        address controller;
        uint256 shares;
    }

    /// @dev `assets` were fixed when the shares were served; they earn nothing more.
    struct Served {
        uint256 shares;
        uint256 assets;
    }

    /// @notice ERC-7540: whether `operator` may claim and request for `controller`.
    mapping(address controller => mapping(address operator => bool)) public isOperator;
    mapping(address controller => uint256) private _pending;
    mapping(address controller => Served) internal _served;
    Request[] private _queue;
    uint256 private _head;
    /// @notice Assets set aside for claims.
    uint256 public reservedAssets;

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;
        emit OperatorSet(msg.sender, operator, approved);
        return true;
    }

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256, address controller) external view returns (uint256 shares) {
        return _pending[controller];
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256, address controller) external view returns (uint256 shares) {
        return _served[controller].shares;
    }

    /// @notice ERC-7575: the share token is this contract.
    function share() external view returns (address) {
        return address(this);
    }

    /// @notice Requests that wait, and shares in the first of them.
    function queueLength() external view returns (uint256 waiting, uint256 firstShares) {
        waiting = _queue.length - _head;
        if (waiting != 0) firstShares = _queue[_head].shares;
    }

    function _enqueue(address controller, uint256 shares) internal {
        _pending[controller] += shares;
        _queue.push(Request(controller, shares));
    }

    /// @dev The request at the front; zero shares where nobody waits.
    function _front() internal view returns (address controller, uint256 shares) {
        if (_head == _queue.length) return (address(0), 0);
        Request storage first = _queue[_head];
        return (first.controller, first.shares);
    }

    /// @dev Serves `shares` of the front request for `assets`; a rest stays at the front.
    function _serveFront(uint256 shares, uint256 assets) internal {
        Request storage first = _queue[_head];
        Served storage served = _served[first.controller];
        _pending[first.controller] -= shares;
        served.shares += shares;
        served.assets += assets;
        reservedAssets += assets;
        first.shares -= shares;
        if (first.shares == 0) delete _queue[_head++];
    }

    function _requireController(address controller) internal view {
        if (controller == msg.sender || isOperator[controller][msg.sender]) return;
        revert IAssetPool.NotAuthorized(msg.sender, controller);
    }

    function _claimShares(address controller, uint256 shares) internal returns (uint256 assets) {
        Served storage served = _served[controller];
        if (shares == 0 || shares > served.shares) revert IAssetPool.MoreThanClaimable(shares, served.shares);
        assets = Math.mulDiv(shares, served.assets, served.shares);
        _takeServed(served, shares, assets);
    }

    function _claimAssets(address controller, uint256 assets) internal returns (uint256 shares) {
        Served storage served = _served[controller];
        if (assets == 0 || assets > served.assets) revert IAssetPool.MoreThanClaimable(assets, served.assets);
        shares = Math.mulDiv(assets, served.shares, served.assets, Math.Rounding.Ceil);
        _takeServed(served, shares, assets);
    }

    function _takeServed(Served storage served, uint256 shares, uint256 assets) private {
        served.shares -= shares;
        served.assets -= assets;
        reservedAssets -= assets;
    }
}
