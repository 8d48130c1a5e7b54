// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";
import {IFaultProver} from "../interfaces/IFaultProver.sol";
import {IStakeSource} from "../interfaces/IStakeSource.sol";
import {BatchTree} from "../onramp/BatchTree.sol";
import {WorkElement} from "./WorkElement.sol";

/// @title Faults that prove themselves
/// @dev Not upgradeable; another one takes its place by the slasher's and the court's role. Holds nothing.
contract FaultProver is IFaultProver {
    /// @notice Whose stake is slashed.
    IStakeSource public immutable VALIDATORS;
    /// @notice Whose messages are judged.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Where duplicates are annulled.
    IAssetRegistry public immutable REGISTRY;
    /// @notice Where limits are read.
    ICategoryRegistry public immutable CATEGORIES;
    /// @notice Part of the stake that is taken, ten-thousandths.
    uint256 public immutable SLASH_BPS;
    /// @notice Part of that which the reporter gets, ten-thousandths.
    uint256 public immutable REWARD_BPS;

    uint8 private constant WORKLOAD = 4;
    bytes32 private constant DUPLICATE = "duplicate asset key";

    /// @inheritdoc IFaultProver
    mapping(bytes32 offence => bool) public punished;
    /// @notice Duplicates that were annulled, by the key they were attested under.
    mapping(bytes32 attestationKey => Duplicate) public duplicates;

    /// @param root Manifest root the deed was attested under; zero where it was amended since, then any is meant.
    /// @param since When the deed was first active.
    struct Duplicate {
        bytes32 root;
        uint64 since;
    }

    constructor(
        IStakeSource validators,
        IAttestationRegistry attestations,
        IAssetRegistry registry,
        ICategoryRegistry categories,
        uint256 slashBps,
        uint256 rewardBps
    ) {
        (VALIDATORS, ATTESTATIONS, REGISTRY, CATEGORIES) = (validators, attestations, registry, categories);
        (SLASH_BPS, REWARD_BPS) = (slashBps, rewardBps);
    }

    /* WORDS AGAINST WORDS */

    /// @inheritdoc IFaultProver
    function proveEquivocation(SignedStatement calldata one, SignedStatement calldata other) external {
        IAttestationRegistry.Statement calldata a = one.statement;
        IAttestationRegistry.Statement calldata b = other.statement;
        bool sameThing = a.assetKey == b.assetKey && a.epoch == b.epoch && a.kinds & b.kinds != 0;
        bool agree = a.manifestRoot == b.manifestRoot && a.owner == b.owner && a.category == b.category;
        if (!sameThing || agree) revert NoConflict();
        address signer = _sameSigner(_signerOf(one), _signerOf(other));
        _punish(Fault.Equivocation, signer, keccak256(abi.encode(a.assetKey, a.epoch)), a.epoch);
    }

    /// @inheritdoc IFaultProver
    function proveFigureEquivocation(SignedFigure calldata one, SignedFigure calldata other) external {
        IAttestationRegistry.Figure calldata a = one.figure;
        IAttestationRegistry.Figure calldata b = other.figure;
        bool sameThing = a.assetKey == b.assetKey && a.epoch == b.epoch && a.subject == b.subject;
        bool agree = a.manifestRoot == b.manifestRoot && a.value == b.value && a.category == b.category;
        if (!sameThing || agree) revert NoConflict();
        address signer = _sameSigner(_signerOf(one), _signerOf(other));
        _punish(Fault.FigureEquivocation, signer, keccak256(abi.encode(a.assetKey, a.epoch, a.subject)), a.epoch);
    }

    /// @inheritdoc IFaultProver
    function proveImpossibleFigure(SignedFigure calldata signed) external {
        IAttestationRegistry.Figure calldata figure = signed.figure;
        uint128 limit = CATEGORIES.limitOf(figure.category, figure.subject);
        if (limit == 0 || figure.value <= limit) revert WithinLimit(figure.value, limit);
        uint256 since = CATEGORIES.limitSince(figure.category, figure.subject);
        uint256 start = ATTESTATIONS.epochStart(figure.epoch);
        if (since > start) revert LimitIsNewer(since, start);
        bytes32 what = keccak256(abi.encode(figure.assetKey, figure.epoch, figure.subject));
        _punish(Fault.ImpossibleFigure, _signerOf(signed), what, figure.epoch);
    }

    /* THE SAME MACHINE TWICE */

    /// @inheritdoc IFaultProver
    function proveDuplicate(bytes32 assetKey, Place calldata earlier, Place calldata later) external {
        (uint256 firstSeen, uint256 firstUntil) = _locate(assetKey, earlier);
        (uint256 secondSeen, uint256 secondUntil) = _locate(assetKey, later);
        if (secondUntil != type(uint256).max) revert DeedNotLive(later.deedId);
        bool before = firstSeen < secondSeen || (firstSeen == secondSeen && earlier.deedId > later.deedId);
        if (earlier.deedId == later.deedId || !before) revert NotEarlier(earlier.deedId, later.deedId);
        if (firstUntil <= secondSeen) revert DeedNotLive(earlier.deedId);
        _remember(later.deedId, uint64(secondSeen));
        emit DuplicateProved(assetKey, earlier.deedId, later.deedId);
        REGISTRY.annul(later.deedId, DUPLICATE);
    }

    /// @inheritdoc IFaultProver
    function punishDuplicate(SignedStatement calldata signed) external {
        IAttestationRegistry.Statement calldata statement = signed.statement;
        Duplicate memory duplicate = duplicates[statement.assetKey];
        bool inForce =
            ATTESTATIONS.epochStart(statement.epoch) <= duplicate.since && duplicate.since <= statement.validUntil;
        bool meant = duplicate.root == 0 || duplicate.root == statement.manifestRoot;
        if (duplicate.since == 0 || !inForce || !meant) revert NoDuplicate(statement.assetKey);
        bytes32 what = keccak256(abi.encode(statement.assetKey, duplicate.since));
        _punish(Fault.DuplicateKey, _signerOf(signed), what, statement.epoch);
    }

    /* WORK */

    /// @inheritdoc IFaultProver
    function proveWrongElement(SignedStatement calldata signed, Element calldata element) external {
        if (signed.statement.kinds & WORKLOAD == 0) revert NoConflict();
        _requireSizes(element.sizes);
        bytes32 commitment = _commitment(element);
        bytes32 evidence = keccak256(abi.encodePacked(element.nonce, element.before, commitment, element.behind));
        if (evidence != signed.evidenceHash) revert EvidenceMismatch(evidence, signed.evidenceHash);
        (uint256 round, uint32 tile) = _drawn(element, commitment);
        _requireCommitted(element, round, tile);
        int256 claimed = _claimed(element);
        int256 right = _recomputed(element, round, tile);
        if (claimed == right) revert ElementIsRight(right);
        _punish(Fault.WrongElement, _signerOf(signed), commitment, signed.statement.epoch);
    }

    /* INTERNAL */

    function _signerOf(SignedStatement calldata signed) private view returns (address) {
        bytes32 digest = ATTESTATIONS.attestationDigest(signed.statement, signed.evidenceHash);
        return ECDSA.recoverCalldata(digest, signed.signature);
    }

    function _signerOf(SignedFigure calldata signed) private view returns (address) {
        return ECDSA.recoverCalldata(ATTESTATIONS.figureDigest(signed.figure), signed.signature);
    }

    function _sameSigner(address one, address other) private pure returns (address) {
        if (one != other) revert DifferentSigners(one, other);
        return one;
    }

    /// @dev The stake that counted is that of the epoch's first second: a source that keeps time takes it from there.
    function _punish(Fault fault, address signer, bytes32 what, uint64 epoch) private {
        address operator = VALIDATORS.operatorOfSigner(signer);
        if (operator == address(0)) revert NotAValidator(signer);
        bytes32 offence = keccak256(abi.encode(fault, signer, what));
        if (punished[offence]) revert AlreadyPunished(offence);
        punished[offence] = true;
        emit FaultProved(fault, signer, offence, msg.sender);
        uint48 at = uint48(ATTESTATIONS.epochStart(epoch));
        VALIDATORS.slash(operator, SLASH_BPS, at, msg.sender, REWARD_BPS, offence);
    }

    /// @dev Keeps what its attesters are known by: an amendment gives a deed of its own another root, and one of a batch
    /// another key as well.
    function _remember(uint256 deedId, uint64 since) private {
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        if (deed.batchNumber == 0) {
            bytes32 known = REGISTRY.amendments(deedId) == 0 ? deed.manifestRoot : bytes32(0);
            duplicates[deed.attestationKey] = Duplicate(known, since);
            return;
        }
        (,,,,, bytes32 root) = REGISTRY.batch(deed.batchNumber);
        duplicates[bytes32(deed.batchNumber << 65)] = Duplicate(root, since);
    }

    /// @dev When a key came into the registry, and until when it was live (the end of time while it is). A deed that never
    /// was active counts for nothing: anybody can register one over another's key.
    function _locate(bytes32 assetKey, Place calldata place) private view returns (uint256 seen, uint256 until) {
        IAssetRegistry.Record memory deed = REGISTRY.record(place.deedId);
        if (!deed.admitted) revert DeedNotLive(place.deedId);
        until = deed.state == IAssetRegistry.State.Retired ? deed.since : type(uint256).max;
        if (deed.batchNumber == 0) {
            if (deed.assetKey != assetKey || until != type(uint256).max) revert NotInBatch(place.deedId, assetKey);
            return (deed.since, until);
        }
        (, uint32 count,, IAssetRegistry.State state, uint32 since,) = REGISTRY.batch(deed.batchNumber);
        bool ours = uint256(REGISTRY.batchKeyOf(place.keyRoot, count)) >> 65 == deed.batchNumber;
        if (!ours || !BatchTree.contains(place.keyRoot, count, uint32(deed.index), assetKey, place.path)) {
            revert NotInBatch(place.deedId, assetKey);
        }
        if (until == type(uint256).max) return (deed.since, until);
        if (state != IAssetRegistry.State.Active) revert DeedNotLive(place.deedId);
        return (since, until);
    }

    function _requireSizes(WorkSizes calldata sizes) private pure {
        bool fits = sizes.edge != 0 && sizes.edge <= 64 && sizes.rows != 0 && sizes.columns != 0
            && sizes.rows % sizes.edge == 0 && sizes.columns % sizes.edge == 0;
        if (!fits || sizes.depth % 64 != 0 || sizes.depth == 0 || sizes.depth > 32_768) revert BadSizes();
    }

    function _commitment(Element calldata element) private pure returns (bytes32) {
        WorkSizes calldata sizes = element.sizes;
        return keccak256(
            abi.encodePacked(
                element.seed, sizes.rows, sizes.columns, sizes.depth, sizes.edge, sizes.openings, element.roots
            )
        );
    }

    function _tiles(WorkSizes calldata sizes) private pure returns (uint256) {
        return uint256(sizes.rows / sizes.edge) * (sizes.columns / sizes.edge);
    }

    /// @dev The first draws are opened whatever comes later: a draw that falls on a tile again only adds another one.
    function _drawn(Element calldata element, bytes32 commitment) private pure returns (uint256 round, uint32 tile) {
        uint256 tiles = _tiles(element.sizes);
        if (element.number >= element.sizes.openings || element.roots.length == 0) revert BadPlace();
        uint256 place = WorkElement.draw(element.nonce, commitment, element.number, tiles * element.roots.length);
        return (place / tiles, uint32(place % tiles));
    }

    function _requireCommitted(Element calldata element, uint256 round, uint32 tile) private pure {
        uint256 edge = element.sizes.edge;
        bool inside = element.element < edge * edge && element.values.length == edge * edge * 4;
        if (!inside || uint256(1) << element.path.length != _tiles(element.sizes)) revert BadPlace();
        bytes32 leaf = WorkElement.leaf(tile, element.values);
        bytes32 root = WorkElement.rootOf(leaf, tile, element.path);
        if (root != element.roots[round]) revert NotInTree(root, element.roots[round]);
    }

    function _claimed(Element calldata element) private pure returns (int256) {
        uint256 start = uint256(element.element) * 4;
        return int256(int32(uint32(bytes4(element.values[start:start + 4]))));
    }

    function _recomputed(Element calldata element, uint256 round, uint32 tile) private pure returns (int256) {
        (uint32 columns, uint32 edge) = (element.sizes.columns, element.sizes.edge);
        uint32 across = columns / edge;
        uint32 row = (tile / across) * edge + element.element / edge;
        uint32 column = (tile % across) * edge + element.element % edge;
        bytes32 above = round == 0 ? bytes32(0) : element.roots[round - 1];
        bytes32 seed = keccak256(abi.encodePacked(element.seed, above));
        return WorkElement.product(seed, row, column, element.sizes.depth);
    }
}
