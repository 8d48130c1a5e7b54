// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Registry of assets, and their deeds
/// @notice One hardware key has at most one live deed. Two disjoint families of deed ids:
/// - a single registration: the asset key with its top bit set;
/// - a batch: `batchNumber << 64 | index` (top bit clear), where `batchNumber = batchKey >> 65`.
/// EIP-712 domain "GAIB Onboard", version "1".
interface IAssetRegistry {
    enum State {
        None,
        Pending,
        Active,
        Frozen,
        Listed,
        Retired
    }

    /// @notice What owner and machine both sign:
    /// `AssetManifest(bytes32 assetKey,bytes32 manifestRoot,uint16 category,address owner,address machine)`.
    /// For a batch `assetKey` is the batch key and `manifestRoot` the root over the manifests of the batch.
    struct AssetManifest {
        bytes32 assetKey;
        bytes32 manifestRoot;
        uint16 category;
        address owner;
        address machine;
    }

    /// @notice What lenders ask for; hashes of documents, never the documents.
    struct DeedPapers {
        bytes32 segregatedPortfolio;
        bytes32 documentHash;
        bytes32 insuranceHash;
        bytes32 burnInReportHash;
        address bailee;
        address lienHolder;
    }

    /// @notice All about one deed. `attestationKey` and `manifestRoot` are the pair it is attested under.
    /// @param assetKey Single: the hardware key. Batch: zero, the key is a leaf of the batch.
    /// @param batchNumber Batch only, else zero.
    /// @param index Place in the batch.
    /// @param since When it was first active, or retired; while it never was active, when it was registered. Seconds.
    /// @param admitted Whether it was active at some time.
    /// @param pledged Whether it is pledged to a deal: listed, or frozen while it was.
    struct Record {
        address owner;
        bytes32 assetKey;
        bytes32 attestationKey;
        bytes32 manifestRoot;
        uint16 category;
        State state;
        uint256 batchNumber;
        uint64 index;
        uint256 parent;
        uint32 since;
        bool capacityLocked;
        bool admitted;
        bool pledged;
    }

    event AssetRegistered(
        uint256 indexed deedId,
        bytes32 indexed assetKey,
        address indexed owner,
        bytes32 manifestRoot,
        uint16 category,
        address machine
    );
    event BatchRegistered(
        uint256 indexed batchNumber,
        address indexed owner,
        AssetManifest manifest,
        bytes32 keyRoot,
        uint32 count,
        State state
    );
    event BatchActivated(uint256 indexed batchNumber);
    event StateChanged(uint256 indexed deedId, State from, State to, bytes32 reason);
    event Amended(uint256 indexed deedId, bytes32 oldRoot, bytes32 newRoot, address machine);
    event ParentSet(uint256 indexed deedId, uint256 indexed parent);
    event PapersSet(uint256 indexed deedId, DeedPapers papers);
    event CapacityLock(uint256 indexed deedId, bool locked);
    /// @notice ERC-2309, only where governance has switched it on.
    event ConsecutiveTransfer(
        uint256 indexed fromTokenId, uint256 toTokenId, address indexed fromAddress, address indexed toAddress
    );

    error ReservedKey(bytes32 assetKey);
    error AlreadyRegistered(bytes32 assetKey, uint256 deedId, address owner);
    error BadOwnerSignature(address owner);
    error BadMachineSignature(address machine, address recovered);
    error WrongBatchKey(bytes32 given, bytes32 computed);
    error EmptyBatch();
    error BatchTooLarge(uint256 count, uint256 limit);
    error ConsecutiveTransfersOff();
    error WrongState(uint256 deedId, State state);
    error NotAttested(uint256 deedId, bytes32 attestationKey, bytes32 manifestRoot, uint8 requiredKinds);
    error NotDeedOwner(uint256 deedId, address caller);
    error CapacityOutstanding(uint256 deedId);
    error SameRoot(bytes32 root);
    error ParentCycle(uint256 deedId, uint256 parent);
    error NotListed(uint256 deedId);

    /// @notice Registers one asset and mints its deed to `manifest.owner`. Anyone may send it. Active at once where
    /// the category's kinds are attested for this owner, else pending. An attested registration displaces a pending one.
    /// Keys that are a batch's or a batch deed's (bits 24 to 63 clear) are refused: their attestation is of other deeds.
    /// @param ownerSignature By the owner's key, or ERC-1271.
    /// @param machineSignature By the machine's own key, 65 bytes.
    function register(AssetManifest calldata manifest, bytes calldata ownerSignature, bytes calldata machineSignature)
        external
        returns (uint256 deedId);

    /// @notice Registers `count` assets as one batch: one deed and one Transfer event each.
    /// @param keyRoot Root over the asset keys; `manifest.assetKey` must be {batchKeyOf} of it and the count.
    /// @param consecutive One ERC-2309 event in place of the Transfer events, where governance allows it.
    function registerBatch(
        AssetManifest calldata manifest,
        bytes32 keyRoot,
        uint32 count,
        bool consecutive,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external returns (uint256 firstDeedId);

    /// @notice As {registerBatch}, with every asset key in calldata, strictly ascending, and the root built here.
    function registerBatchKeys(
        AssetManifest calldata manifest,
        bytes32[] calldata assetKeys,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external returns (uint256 firstDeedId);

    /// @notice Makes a pending deed active once it is attested. Anyone.
    function activate(uint256 deedId) external;

    /// @notice Makes a pending batch active once it is attested. Anyone.
    function activateBatch(uint256 batchNumber) external;

    /// @notice Puts a changed machine's new manifest in place of the old one. Owner and new machine sign
    /// `Amendment(uint256 deedId,bytes32 oldRoot,bytes32 newRoot,address owner,address machine,uint256 nonce)`. An
    /// active deed whose new manifest is not attested yet becomes pending; a listed one is refused.
    function amend(
        uint256 deedId,
        bytes32 newRoot,
        address machine,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external;

    /// @notice Ends a deed: burns it. Owner only; not while listed, frozen, or with capacity outstanding.
    function retire(uint256 deedId, bytes32 reason) external;

    /// @notice Says in what a machine sits (a GPU in a host, a host in a rack); 0 takes it out. Owner of both only.
    function setParent(uint256 deedId, uint256 parent) external;

    /// @notice Sets the papers. Owner only, and not while listed.
    function setPapers(uint256 deedId, DeedPapers calldata papers) external;

    /// @notice Pledges an active, attested deed, or lets it go. Deal desk only.
    function setListed(uint256 deedId, bool listed) external;

    /// @notice Gives a pledged deed to the receiver after default. Deal desk only.
    function enforce(uint256 deedId, address receiver) external;

    /// @notice Locks or unlocks a deed for capacity. Capacity issuer only.
    function setCapacityLock(uint256 deedId, bool locked) external;

    /// @notice Freezes a deed while a dispute runs, or frees it. Court only.
    function setDisputed(uint256 deedId, bool disputed, bytes32 reason) external;

    /// @notice Burns a deed that was registered against the rules, pledged or not. Court only.
    function annul(uint256 deedId, bytes32 reason) external;

    /// @notice Deed of a singly registered asset key; 0 where none is live.
    function deedOf(bytes32 assetKey) external view returns (uint256 deedId);

    /// @notice All about a deed; `state` None where there never was one.
    function record(uint256 deedId) external view returns (Record memory);

    /// @notice Papers of a deed.
    function papersOf(uint256 deedId) external view returns (DeedPapers memory);

    /// @notice Whether the deed is attested now in all kinds its category requires, for its category and, unless it
    /// changed hands since, its owner.
    function isAttestedDeed(uint256 deedId) external view returns (bool);

    /// @notice Owner, size, category, state and time of a batch, and its manifest root.
    function batch(uint256 batchNumber)
        external
        view
        returns (address owner, uint32 count, uint16 category, State state, uint32 since, bytes32 manifestRoot);

    /// @notice Batch key of `count` assets under `keyRoot`.
    function batchKeyOf(bytes32 keyRoot, uint32 count) external pure returns (bytes32);

    /// @notice Amendments of a deed so far; part of what is signed for the next.
    function amendments(uint256 deedId) external view returns (uint256);

    /// @notice Deeds ever registered, and those since retired or annulled.
    function deedCounts() external view returns (uint256 registered, uint256 ended);

    /// @notice EIP-712 digest of a manifest.
    function manifestDigest(AssetManifest calldata manifest) external view returns (bytes32);

    /// @notice EIP-712 digest of the next amendment of a deed.
    function amendmentDigest(uint256 deedId, bytes32 newRoot, address machine) external view returns (bytes32);
}
