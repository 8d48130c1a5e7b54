// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";
import {IValidatorSet} from "../interfaces/IValidatorSet.sol";
import {Quorum} from "./Quorum.sol";

/// @title Attestations that a quorum of validators signed
/// @dev Not upgradeable. Multicall lets a relayer send a statement and its figures in one transaction.
contract AttestationRegistry is Quorum, AccessManaged, Multicall {
    /* STORAGE */

    /// @dev Two slots: 8+40+40+40+8+8 bits, then 160+16.
    struct Standing {
        uint8 kinds;
        uint40 epoch;
        uint40 validUntil;
        uint40 attestedAt;
        bool disputed;
        bool annulled;
        address owner;
        uint16 category;
    }

    struct AttestedFigure {
        uint128 value;
        uint64 epoch;
    }

    /// @notice Limits of figures are read here.
    ICategoryRegistry public immutable CATEGORIES;
    uint48 private immutable WINDOW;

    mapping(bytes32 assetKey => mapping(bytes32 manifestRoot => Standing)) private _standing;
    mapping(bytes32 assetKey => mapping(bytes32 manifestRoot => mapping(bytes32 subject => AttestedFigure))) private
        _figures;

    /// @param authority Access manager; knows the court.
    /// @param epochLength Seconds. Epoch 0 begins at deployment: stake that is to count in it must be there before.
    /// @param maxEpochAge Epochs back that a statement may still be submitted.
    /// @param challengeWindow_ Seconds an attestation can be disputed.
    constructor(
        address authority,
        IValidatorSet validators,
        ICategoryRegistry categories,
        uint256 epochLength,
        uint64 maxEpochAge,
        uint48 challengeWindow_
    ) Quorum(validators, epochLength, maxEpochAge) AccessManaged(authority) {
        CATEGORIES = categories;
        WINDOW = challengeWindow_;
    }

    /* SUBMITTING */

    /// @inheritdoc IAttestationRegistry
    function submit(Statement calldata statement, bytes32[] calldata evidenceHashes, bytes[] calldata signatures)
        external
    {
        Standing storage standing = _standing[statement.assetKey][statement.manifestRoot];
        _admit(standing, statement);
        _requireEach(_attestationWords(statement), evidenceHashes, signatures, statement.epoch);
        bool adds = standing.attestedAt != 0 && standing.epoch == statement.epoch;
        standing.kinds = adds ? standing.kinds | statement.kinds : statement.kinds;
        standing.validUntil = uint40(statement.validUntil);
        standing.epoch = uint40(statement.epoch);
        standing.attestedAt = uint40(block.timestamp);
        (standing.owner, standing.category) = (statement.owner, statement.category);
        emit Attested(
            statement.assetKey,
            statement.manifestRoot,
            statement.owner,
            statement.category,
            statement.kinds,
            statement.epoch,
            statement.validUntil,
            evidenceHashes
        );
    }

    /// @inheritdoc IAttestationRegistry
    function submitFigure(Figure calldata figure_, bytes[] calldata signatures) external {
        if (_standing[figure_.assetKey][figure_.manifestRoot].annulled) {
            revert WasAnnulled(figure_.assetKey, figure_.manifestRoot);
        }
        AttestedFigure storage stored = _figures[figure_.assetKey][figure_.manifestRoot][figure_.subject];
        if (figure_.epoch < stored.epoch) revert StaleEpoch(figure_.epoch, stored.epoch);
        uint128 limit = CATEGORIES.limitOf(figure_.category, figure_.subject);
        if (limit != 0 && figure_.value > limit) revert FigureAboveLimit(figure_.subject, figure_.value, limit);
        _requireSame(figureDigest(figure_), signatures, figure_.epoch);
        (stored.value, stored.epoch) = (figure_.value, figure_.epoch);
        emit FigureAttested(
            figure_.assetKey, figure_.manifestRoot, figure_.subject, figure_.value, figure_.epoch
        );
    }

    /// @inheritdoc IAttestationRegistry
    function requirePerformance(
        Performance calldata performance,
        bytes32[] calldata evidenceHashes,
        bytes[] calldata signatures
    ) external view {
        _requireEach(_performanceWords(performance), evidenceHashes, signatures, performance.epoch);
    }

    /* COURT */

    /// @inheritdoc IAttestationRegistry
    function markDispute(bytes32 assetKey, bytes32 manifestRoot, bool open) external restricted {
        _standing[assetKey][manifestRoot].disputed = open;
        emit DisputeMarked(assetKey, manifestRoot, open);
    }

    /// @inheritdoc IAttestationRegistry
    function annul(bytes32 assetKey, bytes32 manifestRoot) external restricted {
        _standing[assetKey][manifestRoot].annulled = true;
        emit Annulled(assetKey, manifestRoot);
    }

    /* READING */

    /// @inheritdoc IAttestationRegistry
    function attested(bytes32 assetKey, bytes32 manifestRoot)
        external
        view
        returns (uint8 kinds, uint64 validUntil, uint64 epoch)
    {
        Standing storage standing = _standing[assetKey][manifestRoot];
        return (_kindsNow(standing), standing.validUntil, standing.epoch);
    }

    /// @inheritdoc IAttestationRegistry
    function isAttested(bytes32 assetKey, bytes32 manifestRoot, uint8 requiredKinds) public view returns (bool) {
        return _kindsNow(_standing[assetKey][manifestRoot]) & requiredKinds == requiredKinds;
    }

    /// @inheritdoc IAttestationRegistry
    function isAttestedFor(
        bytes32 assetKey,
        bytes32 manifestRoot,
        uint16 category,
        address owner,
        uint8 requiredKinds
    ) external view returns (bool) {
        Standing storage standing = _standing[assetKey][manifestRoot];
        return _kindsNow(standing) & requiredKinds == requiredKinds && standing.owner == owner
            && standing.category == category;
    }

    /// @inheritdoc IAttestationRegistry
    function attestation(bytes32 assetKey, bytes32 manifestRoot)
        external
        view
        returns (address owner, uint16 category, uint48 attestedAt, bool disputed, bool annulled)
    {
        Standing storage standing = _standing[assetKey][manifestRoot];
        return (standing.owner, standing.category, standing.attestedAt, standing.disputed, standing.annulled);
    }

    /// @inheritdoc IAttestationRegistry
    function figure(bytes32 assetKey, bytes32 manifestRoot, bytes32 subject)
        external
        view
        returns (uint128 value, uint64 epoch)
    {
        AttestedFigure storage stored = _figures[assetKey][manifestRoot][subject];
        return (stored.value, stored.epoch);
    }

    /// @inheritdoc IAttestationRegistry
    function challengeWindow() external view returns (uint48) {
        return WINDOW;
    }

    /* INTERNAL */

    function _admit(Standing storage standing, Statement calldata statement) private view {
        if (standing.annulled) revert WasAnnulled(statement.assetKey, statement.manifestRoot);
        if (standing.disputed) revert InDispute(statement.assetKey, statement.manifestRoot);
        if (statement.kinds == 0) revert NoKinds();
        if (statement.epoch < standing.epoch) revert StaleEpoch(statement.epoch, standing.epoch);
        if (statement.validUntil <= block.timestamp || statement.validUntil > type(uint40).max) {
            revert AlreadyExpired(statement.validUntil);
        }
    }

    function _kindsNow(Standing storage standing) private view returns (uint8) {
        return standing.disputed || standing.annulled || block.timestamp > standing.validUntil ? 0 : standing.kinds;
    }
}
