// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "./IAttestationRegistry.sol";

/// @title Faults that prove themselves
/// @notice Whoever shows one has the validator slashed and gets a part; no committee is asked. Each offence of a signer
/// is punished once.
interface IFaultProver {
    enum Fault {
        Equivocation,
        FigureEquivocation,
        ImpossibleFigure,
        DuplicateKey,
        WrongElement
    }

    /// @notice A signed attestation.
    struct SignedStatement {
        IAttestationRegistry.Statement statement;
        bytes32 evidenceHash;
        bytes signature;
    }

    /// @notice A signed figure.
    struct SignedFigure {
        IAttestationRegistry.Figure figure;
        bytes signature;
    }

    /// @notice Where an asset key stands: `path` and `keyRoot` for a deed of a batch, empty for a single one.
    struct Place {
        uint256 deedId;
        bytes32 keyRoot;
        bytes32[] path;
    }

    /// @notice Sizes of the products that a transcript is over.
    /// @param rows Rows of A, a multiple of `edge`.
    /// @param columns Columns of B, a multiple of `edge`.
    /// @param depth Multiplications of one element: a multiple of 64, at most 32,768.
    /// @param edge Edge of a square tile, at most 64.
    /// @param openings Tiles that were drawn after the commitment.
    struct WorkSizes {
        uint32 rows;
        uint32 columns;
        uint32 depth;
        uint32 edge;
        uint32 openings;
    }

    /// @notice One element of a tile that a validator had opened and says to have checked. The commitment is
    /// `keccak256(seed ‖ sizes ‖ roots…)`, the sizes as five uint32; the evidence hash that the validator signed is
    /// `keccak256(nonce ‖ commitments of all devices… ‖ root of the evidence)`.
    /// @param seed Seed of the products.
    /// @param nonce What drew the openings.
    /// @param before Commitments of the devices before this one.
    /// @param behind Commitments of the devices behind it, and the root of the evidence.
    /// @param number Number of the draw that fell on the tile, below `sizes.openings`.
    /// @param element Index of the element in the tile, row by row.
    /// @param values The tile, big-endian int32, row by row.
    /// @param path Neighbours from the tile's leaf up.
    struct Element {
        bytes32 seed;
        WorkSizes sizes;
        bytes32[] roots;
        bytes32 nonce;
        bytes32[] before;
        bytes32[] behind;
        uint32 number;
        uint32 element;
        bytes values;
        bytes32[] path;
    }

    event FaultProved(Fault indexed fault, address indexed signer, bytes32 indexed offence, address reporter);
    event DuplicateProved(bytes32 indexed assetKey, uint256 indexed earlier, uint256 indexed later);

    error NoConflict();
    error DifferentSigners(address one, address other);
    error NotAValidator(address signer);
    error AlreadyPunished(bytes32 offence);
    error WithinLimit(uint128 value, uint128 limit);
    error LimitIsNewer(uint256 limitSince, uint256 epochStart);
    error NotInBatch(uint256 deedId, bytes32 assetKey);
    error NotEarlier(uint256 earlier, uint256 later);
    error DeedNotLive(uint256 deedId);
    error NoDuplicate(bytes32 attestationKey);
    error EvidenceMismatch(bytes32 computed, bytes32 signed);
    error NotInTree(bytes32 computed, bytes32 root);
    error BadPlace();
    error ElementIsRight(int256 value);
    error BadSizes();

    /// @notice Two attestations by one signer for one asset, epoch and kind, under different manifests, owners or categories.
    function proveEquivocation(SignedStatement calldata one, SignedStatement calldata other) external;

    /// @notice Two different values by one signer for one asset, subject and epoch.
    function proveFigureEquivocation(SignedFigure calldata one, SignedFigure calldata other) external;

    /// @notice A signed figure above its category's limit, which stood before the figure's epoch.
    function proveImpossibleFigure(SignedFigure calldata signed) external;

    /// @notice One asset key in two deeds that were live together: annuls the later one, which was first active later.
    function proveDuplicate(bytes32 assetKey, Place calldata earlier, Place calldata later) external;

    /// @notice Slashes a signer of the attestation behind an annulled duplicate, which was in force when the duplicate came.
    function punishDuplicate(SignedStatement calldata signed) external;

    /// @notice An element of an opened tile, in evidence that a signer attested the workload with, which is not the product
    /// it should be. A tile that was not drawn proves nothing against a validator: it never saw it.
    function proveWrongElement(SignedStatement calldata signed, Element calldata element) external;

    /// @notice Whether an offence was punished.
    function punished(bytes32 offence) external view returns (bool);
}
