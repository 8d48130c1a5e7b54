// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";
import {IStakeSource} from "../interfaces/IStakeSource.sol";
import {Quorum} from "./Quorum.sol";

/// @title Attestations that a quorum of validators signed
/// @dev Not upgradeable. Multicall lets a relayer send a statement and its figures in one transaction.
contract AttestationRegistry is Quorum, AccessManaged, Multicall {
    /* STORAGE */

    /// @dev Slot 0 is all that a registration reads: 160+16+8+32+24 = 240 bits. `bits`: the kinds in the lower four,
    /// then complete, disputed, annulled. Slot 1: when it came on chain.
    struct Standing {
        address owner;
        uint16 category;
        uint8 bits;
        uint32 validUntil;
        uint24 epoch;
        uint40 attestedAt;
    }

    uint8 private constant KINDS = 15;
    uint8 private constant COMPLETE = 16;
    uint8 private constant DISPUTED = 32;
    uint8 private constant ANNULLED = 64;

    struct AttestedFigure {
        uint128 value;
        uint64 epoch;
    }

    /// @notice Limits of figures are read here.
    ICategoryRegistry public immutable CATEGORIES;
    uint48 private immutable WINDOW;

    mapping(bytes32 assetKey => mapping(bytes32 manifestRoot => Standing)) private _standing;
    /// @inheritdoc IAttestationRegistry
    mapping(bytes32 assetKey => mapping(uint64 epoch => bytes32)) public rootAt;
    mapping(bytes32 assetKey => mapping(bytes32 manifestRoot => mapping(bytes32 subject => AttestedFigure))) private
        _figures;

    /// @param authority Access manager; knows the court.
    /// @param epochLength Seconds. Epoch 0 begins at deployment: stake that is to count in it must be there before.
    /// @param maxEpochAge Epochs back that a statement may still be submitted.
    /// @param challengeWindow_ Seconds an attestation can be disputed. Stake must stay slashable for longer than both.
    constructor(
        address authority,
        IStakeSource validators,
        ICategoryRegistry categories,
        uint256 epochLength,
        uint64 maxEpochAge,
        uint48 challengeWindow_
    ) Quorum(validators, epochLength, maxEpochAge) AccessManaged(authority) {
        CATEGORIES = categories;
        WINDOW = challengeWindow_;
        uint256 needed = maxStatementAge() + challengeWindow_;
        if (validators.withdrawalDelay() <= needed) revert StakeLeavesTooSoon(validators.withdrawalDelay(), needed);
    }

    /* SUBMITTING */

    /// @inheritdoc IAttestationRegistry
    function submit(Statement calldata statement, bytes32[] calldata evidenceHashes, bytes[] calldata signatures)
        external
    {
        Standing memory standing = _standing[statement.assetKey][statement.manifestRoot];
        _admit(standing, statement);
        _requireEach(_attestationWords(statement), evidenceHashes, signatures, statement.epoch);
        rootAt[statement.assetKey][statement.epoch] = statement.manifestRoot;
        _standing[statement.assetKey][statement.manifestRoot] = _joined(standing, statement);
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
        _admitFigure(_standing[figure_.assetKey][figure_.manifestRoot], figure_);
        AttestedFigure storage stored = _figures[figure_.assetKey][figure_.manifestRoot][figure_.subject];
        if (figure_.epoch < stored.epoch) revert StaleEpoch(figure_.epoch, stored.epoch);
        uint128 limit = CATEGORIES.limitOf(figure_.category, figure_.subject);
        if (limit != 0 && figure_.value > limit) revert FigureAboveLimit(figure_.subject, figure_.value, limit);
        _requireSame(figureDigest(figure_), signatures, figure_.epoch);
        (stored.value, stored.epoch) = (figure_.value, figure_.epoch);
        emit FigureAttested(figure_.assetKey, figure_.manifestRoot, figure_.subject, figure_.value, figure_.epoch);
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
        Standing storage standing = _standing[assetKey][manifestRoot];
        standing.bits = open ? standing.bits | DISPUTED : standing.bits & ~DISPUTED;
        emit DisputeMarked(assetKey, manifestRoot, open);
    }

    /// @inheritdoc IAttestationRegistry
    function annul(bytes32 assetKey, bytes32 manifestRoot) external restricted {
        _standing[assetKey][manifestRoot].bits |= ANNULLED;
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
    function isAttestedFor(bytes32 assetKey, bytes32 manifestRoot, uint16 category, address owner, uint8 requiredKinds)
        external
        view
        returns (bool)
    {
        Standing storage standing = _standing[assetKey][manifestRoot];
        return _kindsNow(standing) & requiredKinds == requiredKinds && standing.owner == owner
            && standing.category == category;
    }

    /// @inheritdoc IAttestationRegistry
    function completeFor(bytes32 assetKey, bytes32 manifestRoot, uint16 category, address owner)
        external
        view
        returns (bool complete, uint24 epoch)
    {
        Standing memory standing = _standing[assetKey][manifestRoot];
        complete = standing.bits & (COMPLETE | DISPUTED | ANNULLED) == COMPLETE
            && block.timestamp <= standing.validUntil && standing.owner == owner && standing.category == category;
        epoch = standing.epoch;
    }

    /// @inheritdoc IAttestationRegistry
    function attestation(bytes32 assetKey, bytes32 manifestRoot)
        external
        view
        returns (address owner, uint16 category, uint48 attestedAt, bool disputed, bool annulled)
    {
        Standing storage standing = _standing[assetKey][manifestRoot];
        disputed = standing.bits & DISPUTED != 0;
        annulled = standing.bits & ANNULLED != 0;
        return (standing.owner, standing.category, standing.attestedAt, disputed, annulled);
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

    function _admit(Standing memory standing, Statement calldata statement) private view {
        (bytes32 key, bytes32 root) = (statement.assetKey, statement.manifestRoot);
        if (standing.bits & ANNULLED != 0) revert WasAnnulled(key, root);
        if (standing.bits & DISPUTED != 0) revert InDispute(key, root);
        if (statement.kinds == 0 || statement.kinds > KINDS) revert BadKinds(statement.kinds);
        if (statement.epoch < standing.epoch || statement.epoch > type(uint24).max) {
            revert StaleEpoch(statement.epoch, standing.epoch);
        }
        if (statement.validUntil <= block.timestamp || statement.validUntil > type(uint32).max) {
            revert AlreadyExpired(statement.validUntil);
        }
        bytes32 other = rootAt[key][statement.epoch];
        if (other != 0 && other != root) revert ConflictingRoot(key, statement.epoch, other, root);
        if (other == 0 || standing.epoch != statement.epoch) return;
        if (standing.owner != statement.owner || standing.category != statement.category) {
            revert ConflictingStatement(key, statement.epoch, standing.owner, statement.owner);
        }
    }

    /// @dev What stands after `statement`. In one epoch kinds add up, each good no longer than the shortest of them; what
    /// adds no kind changes nothing, so that sending old signatures again makes no attestation younger.
    function _joined(Standing memory standing, Statement calldata statement)
        private
        view
        returns (Standing memory next)
    {
        bool joins = standing.attestedAt != 0 && standing.epoch == statement.epoch;
        uint8 before = joins ? standing.bits & KINDS : 0;
        uint8 kinds = before | statement.kinds;
        if (kinds == before) return standing;
        uint8 required = CATEGORIES.requiredKinds(statement.category);
        uint32 validUntil = uint32(statement.validUntil);
        next = Standing({
            owner: statement.owner,
            category: statement.category,
            bits: kinds & required == required ? kinds | COMPLETE : kinds,
            validUntil: joins && standing.validUntil < validUntil ? standing.validUntil : validUntil,
            epoch: uint24(statement.epoch),
            attestedAt: uint40(block.timestamp)
        });
    }

    /// @dev The category decides which limit applies, so it is not the figure's to choose.
    function _admitFigure(Standing memory standing, Figure calldata figure_) private pure {
        if (standing.attestedAt == 0) revert NoStatement(figure_.assetKey, figure_.manifestRoot);
        if (standing.bits & ANNULLED != 0) revert WasAnnulled(figure_.assetKey, figure_.manifestRoot);
        if (standing.category != figure_.category) revert OtherCategory(standing.category, figure_.category);
    }

    function _kindsNow(Standing storage standing) private view returns (uint8) {
        uint8 bits = standing.bits;
        return bits & (DISPUTED | ANNULLED) != 0 || block.timestamp > standing.validUntil ? 0 : bits & KINDS;
    }
}
