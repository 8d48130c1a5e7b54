// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICapacityIssuer} from "../interfaces/ICapacityIssuer.sol";
import {CapacityToken} from "./CapacityToken.sol";

/// @title Issuer of capacity
/// @dev Not upgradeable. The guardian can pause issuing; redeeming and settling always work.
contract CapacityIssuer is ICapacityIssuer, AccessManaged, Pausable {
    /// @notice Deeds.
    IAssetRegistry public immutable REGISTRY;
    /// @notice Attested figures.
    IAttestationRegistry public immutable ATTESTATIONS;

    uint256 private constant TOKEN_PER_UNIT_HOUR = 1e18;

    /// @inheritdoc ICapacityIssuer
    mapping(bytes32 capacityClass => CapacityToken) public tokenOf;
    /// @inheritdoc ICapacityIssuer
    mapping(uint256 deedId => uint256) public openPositions;
    mapping(uint256 deedId => mapping(bytes32 capacityClass => Position)) private _positions;

    /// @param authority Access manager; knows guardian and governance.
    constructor(address authority, IAssetRegistry registry, IAttestationRegistry attestations)
        AccessManaged(authority)
    {
        REGISTRY = registry;
        ATTESTATIONS = attestations;
    }

    /// @notice Stops issuing. Guardian only.
    function pause() external restricted {
        _pause();
    }

    /// @notice Lets issuing go on. Governance only.
    function unpause() external restricted {
        _unpause();
    }

    /* PERMISSIONS */

    /// @inheritdoc ICapacityIssuer
    function switchAllowList(bytes32 capacityClass, bool on) external restricted {
        _token(capacityClass).switchAllowList(on);
    }

    /// @inheritdoc ICapacityIssuer
    function setAllowed(bytes32 capacityClass, address account, bool allowed) external restricted {
        _token(capacityClass).setAllowed(account, allowed);
    }

    /// @inheritdoc ICapacityIssuer
    function setFrozenTokens(bytes32 capacityClass, address account, uint256 amount) external restricted {
        _token(capacityClass).setFrozenTokens(account, amount);
    }

    /// @inheritdoc ICapacityIssuer
    function forcedTransfer(bytes32 capacityClass, address from, address to, uint256 amount) external restricted {
        _token(capacityClass).forcedTransfer(from, to, amount);
    }

    /* ISSUING */

    /// @inheritdoc ICapacityIssuer
    function createClass(string calldata name) external returns (bytes32 capacityClass, address token) {
        if (bytes(name).length == 0) revert EmptyName();
        capacityClass = keccak256(bytes(name));
        token = address(tokenOf[capacityClass]);
        if (token != address(0)) return (capacityClass, token);
        CapacityToken made = new CapacityToken{salt: capacityClass}(name);
        tokenOf[capacityClass] = made;
        token = address(made);
        emit ClassCreated(capacityClass, token, name);
    }

    /// @inheritdoc ICapacityIssuer
    function issue(uint256 deedId, bytes32 capacityClass, uint128 units, uint48 term)
        external
        whenNotPaused
        returns (uint256 amount)
    {
        CapacityToken token = _token(capacityClass);
        if (_positions[deedId][capacityClass].end != 0) revert PositionOpen(deedId, capacityClass);
        uint48 end = uint48(block.timestamp) + term;
        bool locked = _requireDeed(deedId, capacityClass, units, end);
        amount = Math.mulDiv(uint256(units) * term, TOKEN_PER_UNIT_HOUR, 1 hours);
        if (amount == 0) revert NothingIssued();
        _positions[deedId][capacityClass] = Position({
            owner: msg.sender,
            start: uint48(block.timestamp),
            end: end,
            units: units,
            minted: SafeCast.toUint128(amount),
            redeemed: 0,
            lapsed: 0
        });
        ++openPositions[deedId];
        if (!locked) REGISTRY.setCapacityLock(deedId, true);
        emit CapacityIssued(deedId, capacityClass, msg.sender, units, uint48(block.timestamp), end, amount);
        token.mint(msg.sender, amount);
    }

    /// @inheritdoc ICapacityIssuer
    function redeem(uint256 deedId, bytes32 capacityClass, uint256 amount) external {
        Position storage position = _open(deedId, capacityClass);
        _lapse(position, deedId, capacityClass);
        uint256 left = _left(position);
        if (amount > left) revert MoreThanOutstanding(amount, left);
        position.redeemed += uint128(amount);
        emit CapacityRedeemed(deedId, capacityClass, msg.sender, amount);
        tokenOf[capacityClass].burn(msg.sender, amount);
        _closeIfDone(position, deedId, capacityClass);
    }

    /// @inheritdoc ICapacityIssuer
    function settle(uint256 deedId, bytes32 capacityClass) external returns (uint256 lapsed) {
        Position storage position = _open(deedId, capacityClass);
        lapsed = _lapse(position, deedId, capacityClass);
        _closeIfDone(position, deedId, capacityClass);
    }

    /* READING */

    /// @inheritdoc ICapacityIssuer
    function positionOf(uint256 deedId, bytes32 capacityClass) external view returns (Position memory) {
        return _positions[deedId][capacityClass];
    }

    /// @inheritdoc ICapacityIssuer
    function outstanding(uint256 deedId, bytes32 capacityClass)
        external
        view
        returns (uint256 amount, uint256 deliverable)
    {
        Position storage position = _positions[deedId][capacityClass];
        return (_left(position), _deliverable(position, deedId, capacityClass));
    }

    /// @inheritdoc ICapacityIssuer
    function attestedUnits(uint256 deedId, bytes32 capacityClass) public view returns (uint256 units) {
        if (!REGISTRY.isAttestedDeed(deedId)) return 0;
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        (units,) = ATTESTATIONS.figure(deed.attestationKey, deed.manifestRoot, capacityClass);
    }

    /* INTERNAL */

    function _requireDeed(uint256 deedId, bytes32 capacityClass, uint256 units, uint48 end)
        private
        view
        returns (bool locked)
    {
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        if (deed.owner != msg.sender) revert NotDeedOwner(deedId, msg.sender);
        if (deed.state != IAssetRegistry.State.Active && deed.state != IAssetRegistry.State.Listed) {
            revert DeedNotLive(deedId);
        }
        if (!REGISTRY.isAttestedDeed(deedId)) revert NotAttested(deedId);
        (uint128 attested,) = ATTESTATIONS.figure(deed.attestationKey, deed.manifestRoot, capacityClass);
        if (units > attested) revert UnitsAboveAttested(units, attested);
        (, uint64 validUntil,) = ATTESTATIONS.attested(deed.attestationKey, deed.manifestRoot);
        if (end > validUntil) revert TermBeyondAttestation(end, validUntil);
        return deed.capacityLocked;
    }

    function _token(bytes32 capacityClass) private view returns (CapacityToken token) {
        token = tokenOf[capacityClass];
        if (address(token) == address(0)) revert UnknownClass(capacityClass);
    }

    function _open(uint256 deedId, bytes32 capacityClass) private view returns (Position storage position) {
        position = _positions[deedId][capacityClass];
        if (position.end == 0) revert NoPosition(deedId, capacityClass);
    }

    function _left(Position storage position) private view returns (uint256) {
        return uint256(position.minted) - position.redeemed - position.lapsed;
    }

    /// @dev A deed that ended has taken its capacity with it, also where its id has come back since.
    function _deliverable(Position storage position, uint256 deedId, bytes32 capacityClass)
        private
        view
        returns (uint256)
    {
        if (block.timestamp >= position.end) return 0;
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        if (deed.state == IAssetRegistry.State.Retired || deed.since > position.start) return 0;
        uint256 units = Math.min(position.units, _unitsNow(deed, deedId, capacityClass));
        return Math.mulDiv(units * (position.end - block.timestamp), TOKEN_PER_UNIT_HOUR, 1 hours);
    }

    /// @dev What the attestation now in force says, which may be of a changed machine; its figure has the challenge window
    /// to come. While none is in force, what was issued stands.
    function _unitsNow(IAssetRegistry.Record memory deed, uint256 deedId, bytes32 capacityClass)
        private
        view
        returns (uint256 units)
    {
        if (!REGISTRY.isAttestedDeed(deedId)) return type(uint256).max;
        (units,) = ATTESTATIONS.figure(deed.attestationKey, deed.manifestRoot, capacityClass);
        if (units != 0) return units;
        (,, uint48 attestedAt,,) = ATTESTATIONS.attestation(deed.attestationKey, deed.manifestRoot);
        if (block.timestamp <= attestedAt + ATTESTATIONS.challengeWindow()) return type(uint256).max;
    }

    function _lapse(Position storage position, uint256 deedId, bytes32 capacityClass) private returns (uint256 lapsed) {
        uint256 left = _left(position);
        uint256 deliverable = _deliverable(position, deedId, capacityClass);
        if (left <= deliverable) return 0;
        lapsed = left - deliverable;
        position.lapsed += uint128(lapsed);
        CapacityToken token = tokenOf[capacityClass];
        uint256 fromOwner = Math.min(lapsed, token.balanceOf(position.owner));
        emit CapacityLapsed(deedId, capacityClass, lapsed, fromOwner);
        if (fromOwner != 0) token.lapse(position.owner, fromOwner);
        if (fromOwner != lapsed) token.writeDown(lapsed - fromOwner);
    }

    function _closeIfDone(Position storage position, uint256 deedId, bytes32 capacityClass) private {
        if (_left(position) != 0) return;
        delete _positions[deedId][capacityClass];
        emit PositionClosed(deedId, capacityClass);
        if (--openPositions[deedId] == 0 && REGISTRY.record(deedId).owner != address(0)) {
            REGISTRY.setCapacityLock(deedId, false);
        }
    }
}
