// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What validators attest, and by which quorum
/// @notice A validator signs one EIP-712 message per statement (domain "GAIB Attestation", version "1"). A statement
/// stands once signers with at least two thirds of all stake at the start of its epoch have signed it. For a batch,
/// `assetKey` is the batch key and `manifestRoot` the root over the manifests of the batch. Times are seconds.
interface IAttestationRegistry {
    /// @notice The common part of `Attestation(bytes32 assetKey,bytes32 manifestRoot,uint16 category,address owner,
    /// uint8 kinds,uint64 epoch,uint64 validUntil,bytes32 evidenceHash)`. Owner and category are part of it, so that
    /// nobody can register another's attested manifest as his own.
    /// @param kinds Bit mask: 1 location, 2 custody, 4 workload, 8 legal.
    /// @param epoch Epoch whose starting stake counts.
    /// @param validUntil Last second of validity.
    struct Statement {
        bytes32 assetKey;
        bytes32 manifestRoot;
        uint16 category;
        address owner;
        uint8 kinds;
        uint64 epoch;
        uint64 validUntil;
    }

    /// @notice `Figure(bytes32 assetKey,bytes32 manifestRoot,uint16 category,bytes32 subject,uint128 value,uint64 epoch)`.
    /// @param subject What the figure is of: for capacity keccak256 of the class name, for a peak keccak256 of its name.
    /// @param value Whole units (capacity: units per deed; for a batch, of each deed in it).
    struct Figure {
        bytes32 assetKey;
        bytes32 manifestRoot;
        uint16 category;
        bytes32 subject;
        uint128 value;
        uint64 epoch;
    }

    /// @notice The common part of `Performance(bytes32 assetKey,uint64 epoch,uint16 uptimeBps,uint16 benchmarkBps,
    /// bytes32 evidenceHash)`.
    /// @param uptimeBps Ten-thousandths of the epoch it was up.
    /// @param benchmarkBps Ten-thousandths of the manifest's benchmark figure that were reached.
    struct Performance {
        bytes32 assetKey;
        uint64 epoch;
        uint16 uptimeBps;
        uint16 benchmarkBps;
    }

    event Attested(
        bytes32 indexed assetKey,
        bytes32 indexed manifestRoot,
        address indexed owner,
        uint16 category,
        uint8 kinds,
        uint64 epoch,
        uint64 validUntil,
        bytes32[] evidenceHashes
    );
    event FigureAttested(
        bytes32 indexed assetKey, bytes32 indexed manifestRoot, bytes32 indexed subject, uint128 value, uint64 epoch
    );
    event DisputeMarked(bytes32 indexed assetKey, bytes32 indexed manifestRoot, bool open);
    event Annulled(bytes32 indexed assetKey, bytes32 indexed manifestRoot);

    error BadKinds(uint8 kinds);
    error ConflictingRoot(bytes32 assetKey, uint64 epoch, bytes32 attested, bytes32 given);
    error ConflictingStatement(bytes32 assetKey, uint64 epoch, address attestedOwner, address givenOwner);
    error BadEpoch(uint64 epoch, uint64 current, uint64 oldest);
    error StaleEpoch(uint64 epoch, uint64 stored);
    error AlreadyExpired(uint64 validUntil);
    error LengthMismatch(uint256 evidence, uint256 signatures);
    error SignersNotAscending(address signer, address previous);
    error QuorumNotReached(uint256 weight, uint256 total);
    error WasAnnulled(bytes32 assetKey, bytes32 manifestRoot);
    error InDispute(bytes32 assetKey, bytes32 manifestRoot);
    error FigureAboveLimit(bytes32 subject, uint128 value, uint128 limit);
    error NoStatement(bytes32 assetKey, bytes32 manifestRoot);
    error OtherCategory(uint16 attested, uint16 given);
    error StakeLeavesTooSoon(uint256 delay, uint256 needed);

    /// @notice Puts a statement on chain. Anyone may send it. A newer epoch replaces; the same epoch adds kinds, and what
    /// adds none changes nothing. An asset has one manifest root, owner and category in one epoch.
    /// @param evidenceHashes One per signer, in the order of the signatures.
    /// @param signatures 65 bytes each, ascending by signer address, no signer twice.
    function submit(Statement calldata statement, bytes32[] calldata evidenceHashes, bytes[] calldata signatures)
        external;

    /// @notice Puts a figure on chain, by the same quorum. The statement it belongs to must be there, under the same
    /// category. Reverts where it is above the category's limit.
    function submitFigure(Figure calldata figure, bytes[] calldata signatures) external;

    /// @notice Reverts unless a quorum signed `performance`.
    function requirePerformance(
        Performance calldata performance,
        bytes32[] calldata evidenceHashes,
        bytes[] calldata signatures
    ) external view;

    /// @notice What is attested of an asset under a manifest; kinds are 0 while disputed, once annulled or expired.
    function attested(bytes32 assetKey, bytes32 manifestRoot)
        external
        view
        returns (uint8 kinds, uint64 validUntil, uint64 epoch);

    /// @notice Whether all of `requiredKinds` are attested now.
    function isAttested(bytes32 assetKey, bytes32 manifestRoot, uint8 requiredKinds) external view returns (bool);

    /// @notice As {isAttested}, and that the attested owner and category are these.
    function isAttestedFor(bytes32 assetKey, bytes32 manifestRoot, uint16 category, address owner, uint8 requiredKinds)
        external
        view
        returns (bool);

    /// @notice Whether every kind the category required when the statement came on chain is attested, for this category
    /// and owner, undisputed and in force; and the statement's epoch.
    function completeFor(bytes32 assetKey, bytes32 manifestRoot, uint16 category, address owner)
        external
        view
        returns (bool complete, uint24 epoch);

    /// @notice The one manifest root that a quorum attested for an asset in an epoch; zero where none.
    function rootAt(bytes32 assetKey, uint64 epoch) external view returns (bytes32);

    /// @notice Whom and what a standing attestation names, and when it came on chain (0: never).
    function attestation(bytes32 assetKey, bytes32 manifestRoot)
        external
        view
        returns (address owner, uint16 category, uint48 attestedAt, bool disputed, bool annulled);

    /// @notice An attested figure; zero where there is none.
    function figure(bytes32 assetKey, bytes32 manifestRoot, bytes32 subject)
        external
        view
        returns (uint128 value, uint64 epoch);

    /// @notice Marks or clears a dispute. Court only.
    function markDispute(bytes32 assetKey, bytes32 manifestRoot, bool open) external;

    /// @notice Takes an attestation back for good. Court only.
    function annul(bytes32 assetKey, bytes32 manifestRoot) external;

    /// @notice The running epoch.
    function currentEpoch() external view returns (uint64);

    /// @notice First second of `epoch`.
    function epochStart(uint64 epoch) external view returns (uint256);

    /// @notice Seconds after it came on chain that an attestation can be disputed.
    function challengeWindow() external view returns (uint48);

    /// @notice Seconds from the start of a statement's epoch, whose stake counts, until it can come on chain no more.
    function maxStatementAge() external view returns (uint256);

    /// @notice EIP-712 digest a validator signs for an attestation.
    function attestationDigest(Statement calldata statement, bytes32 evidenceHash) external view returns (bytes32);

    /// @notice EIP-712 digest a validator signs for a figure.
    function figureDigest(Figure calldata figure) external view returns (bytes32);

    /// @notice EIP-712 digest a validator signs for a performance.
    function performanceDigest(Performance calldata performance, bytes32 evidenceHash) external view returns (bytes32);
}
