// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";
import {IERC7943NonFungible} from "../interfaces/IERC7943NonFungible.sol";
import {BatchTree} from "./BatchTree.sol";
import {DeedStates} from "./DeedStates.sol";

/// @title Registry of assets, and their deeds
/// @dev Not upgradeable.
contract AssetRegistry is DeedStates, EIP712 {
    bytes32 private constant MANIFEST_TYPEHASH =
        keccak256("AssetManifest(bytes32 assetKey,bytes32 manifestRoot,uint16 category,address owner,address machine)");
    bytes32 private constant AMENDMENT_TYPEHASH = keccak256(
        "Amendment(uint256 deedId,bytes32 oldRoot,bytes32 newRoot,address owner,address machine,uint256 nonce)"
    );
    uint256 private constant TRANSFER_TOPIC = uint256(keccak256("Transfer(address,address,uint256)"));
    /// @notice Deeds of one batch at most; a chain's gas limit cuts sooner.
    uint256 public constant MAX_BATCH = 1 << 24;
    uint256 private constant MAX_DEPTH = 8;

    /// @inheritdoc IAssetRegistry
    mapping(uint256 deedId => uint256) public amendments;
    mapping(uint256 deedId => uint256) private _parents;
    mapping(uint256 deedId => DeedPapers) private _papers;

    /// @param authority Access manager; knows desk, issuer, court and governance.
    /// @param allowList Whether only listed accounts may hold deeds.
    constructor(address authority, IAttestationRegistry attestations, ICategoryRegistry categories, bool allowList)
        DeedStates(authority, attestations, categories, allowList)
        EIP712("GAIB Onboard", "1")
    {}

    /* REGISTRATION */

    /// @inheritdoc IAssetRegistry
    function register(AssetManifest calldata manifest, bytes calldata ownerSignature, bytes calldata machineSignature)
        external
        returns (uint256 deedId)
    {
        if (uint64(uint256(manifest.assetKey)) < MAX_BATCH) revert ReservedKey(manifest.assetKey);
        (bool active, uint24 epoch) = _admit(manifest, ownerSignature, machineSignature);
        deedId = uint256(manifest.assetKey) | SINGLE;
        Deed memory deed = _load(deedId);
        if (deed.state != State.None) _makeRoom(manifest, deedId, deed, active, epoch);
        deed = Deed({
            owner: manifest.owner,
            category: manifest.category,
            state: active ? State.Active : State.Pending,
            prior: State.None,
            flags: (uint256(manifest.assetKey) >= SINGLE ? KEY_TOP_BIT : 0) | (active ? ADMITTED : 0),
            since: uint32(block.timestamp),
            rootEpoch: active ? epoch + 1 : 0
        });
        if (!active) _roots[deedId] = manifest.manifestRoot;
        _mint(deedId, deed);
        emit AssetRegistered(
            deedId, manifest.assetKey, manifest.owner, manifest.manifestRoot, manifest.category, manifest.machine
        );
        emit StateChanged(deedId, State.None, deed.state, active ? ATTESTED : REGISTERED);
    }

    /// @inheritdoc IAssetRegistry
    function registerBatch(
        AssetManifest calldata manifest,
        bytes32 keyRoot,
        uint32 count,
        bool consecutive,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external returns (uint256 firstDeedId) {
        firstDeedId = _openBatch(manifest, keyRoot, count, ownerSignature, machineSignature);
        if (!consecutive) {
            _emitTransfers(firstDeedId, count, manifest.owner);
        } else {
            if (!consecutiveAllowed) revert ConsecutiveTransfersOff();
            emit ConsecutiveTransfer(firstDeedId, firstDeedId + count - 1, address(0), manifest.owner);
        }
    }

    /// @inheritdoc IAssetRegistry
    function registerBatchKeys(
        AssetManifest calldata manifest,
        bytes32[] calldata assetKeys,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external returns (uint256 firstDeedId) {
        if (assetKeys.length > MAX_BATCH) {
            revert BatchTooLarge(assetKeys.length, MAX_BATCH);
        }
        uint32 count = uint32(assetKeys.length);
        firstDeedId = _openBatch(manifest, BatchTree.root(assetKeys), count, ownerSignature, machineSignature);
        _emitTransfers(firstDeedId, count, manifest.owner);
    }

    /// @inheritdoc IAssetRegistry
    function activate(uint256 deedId) external {
        Deed memory deed = _load(deedId);
        if (deed.state != State.Pending) revert WrongState(deedId, deed.state);
        _requireAttested(deed, deedId);
        _setState(deed, deedId, State.Active, ATTESTED);
        _save(deedId, deed);
    }

    /// @inheritdoc IAssetRegistry
    function activateBatch(uint256 batchNumber) external {
        Batch storage group = _batches[batchNumber];
        uint256 first = batchNumber << 64;
        if (group.state != State.Pending) revert WrongState(first, group.state);
        bytes32 key = bytes32(batchNumber << 65);
        uint8 kinds = CATEGORIES.requiredKinds(group.category);
        if (!ATTESTATIONS.isAttestedFor(key, _batchRoots[batchNumber], group.category, group.owner, kinds)) {
            revert NotAttested(first, key, _batchRoots[batchNumber], kinds);
        }
        (group.state, group.since) = (State.Active, uint32(block.timestamp));
        emit BatchActivated(batchNumber);
    }

    /* CHANGES */

    /// @inheritdoc IAssetRegistry
    function amend(
        uint256 deedId,
        bytes32 newRoot,
        address machine,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) external {
        Deed memory deed = _load(deedId);
        if (deed.state != State.Pending && deed.state != State.Active) revert WrongState(deedId, deed.state);
        (, bytes32 oldRoot) = _attestationPair(deedId);
        if (newRoot == oldRoot || newRoot == 0) revert SameRoot(newRoot);
        bytes32 digest = amendmentDigest(deedId, newRoot, machine);
        _requireSigned(digest, deed.owner, machine, ownerSignature, machineSignature);
        ++amendments[deedId];
        (_roots[deedId], deed.rootEpoch) = (newRoot, 0);
        emit Amended(deedId, oldRoot, newRoot, machine);
        State before = deed.state;
        deed.state = State.Pending;
        _save(deedId, deed);
        State next = _attested(deed, deedId) ? State.Active : State.Pending;
        deed.state = before;
        if (next != before) _setState(deed, deedId, next, AMENDED);
        _save(deedId, deed);
    }

    /// @inheritdoc IAssetRegistry
    function retire(uint256 deedId, bytes32 reason) external {
        Deed memory deed = _ownDeed(deedId);
        if (deed.state != State.Pending && deed.state != State.Active) revert WrongState(deedId, deed.state);
        if (deed.flags & CAPACITY_LOCKED != 0) revert CapacityOutstanding(deedId);
        emit StateChanged(deedId, deed.state, State.Retired, reason);
        _burn(deedId, deed);
    }

    /// @inheritdoc IAssetRegistry
    function setParent(uint256 deedId, uint256 parent) external {
        _ownDeed(deedId);
        if (parent != 0) {
            _ownDeed(parent);
            uint256 above = parent;
            for (uint256 depth; above != 0; ++depth) {
                if (above == deedId || depth == MAX_DEPTH) revert ParentCycle(deedId, parent);
                above = _parents[above];
            }
        }
        _parents[deedId] = parent;
        emit ParentSet(deedId, parent);
    }

    /// @inheritdoc IAssetRegistry
    function setPapers(uint256 deedId, DeedPapers calldata papers) external {
        Deed memory deed = _ownDeed(deedId);
        if (deed.state != State.Pending && deed.state != State.Active) revert WrongState(deedId, deed.state);
        _papers[deedId] = papers;
        emit PapersSet(deedId, papers);
    }

    /* READING */

    /// @inheritdoc IAssetRegistry
    function deedOf(bytes32 assetKey) external view returns (uint256 deedId) {
        deedId = uint256(assetKey) | SINGLE;
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0) || _assetKey(deedId, deed.flags) != assetKey) deedId = 0;
    }

    /// @inheritdoc IAssetRegistry
    function record(uint256 deedId) external view returns (Record memory found) {
        Deed memory deed = _load(deedId);
        if (deed.state == State.None) return found;
        (found.attestationKey, found.manifestRoot) = _attestationPair(deedId);
        (found.owner, found.category, found.state, found.since) = (deed.owner, deed.category, deed.state, deed.since);
        found.parent = _parents[deedId];
        found.capacityLocked = deed.flags & CAPACITY_LOCKED != 0;
        found.admitted = deed.flags & ADMITTED != 0;
        found.pledged = deed.state == State.Listed || (deed.state == State.Frozen && deed.prior == State.Listed);
        if (deedId >= SINGLE) {
            found.assetKey = _assetKey(deedId, deed.flags);
        } else {
            (found.batchNumber, found.index) = (deedId >> 64, uint64(deedId));
        }
    }

    /// @inheritdoc IAssetRegistry
    function papersOf(uint256 deedId) external view returns (DeedPapers memory) {
        return _papers[deedId];
    }

    /// @inheritdoc IAssetRegistry
    function isAttestedDeed(uint256 deedId) external view returns (bool) {
        Deed memory deed = _load(deedId);
        return deed.owner != address(0) && _attested(deed, deedId);
    }

    /// @inheritdoc IAssetRegistry
    function batch(uint256 batchNumber)
        external
        view
        returns (address owner, uint32 count, uint16 category, State state, uint32 since, bytes32 manifestRoot)
    {
        Batch memory group = _batches[batchNumber];
        return (group.owner, group.count, group.category, group.state, group.since, _batchRoots[batchNumber]);
    }

    /// @inheritdoc IAssetRegistry
    function batchKeyOf(bytes32 keyRoot, uint32 count) public pure returns (bytes32) {
        return bytes32((uint256(keccak256(abi.encode(keyRoot, count))) >> 65) << 65);
    }

    /// @inheritdoc IAssetRegistry
    function deedCounts() external view returns (uint256 registered, uint256 ended) {
        return (_counts.registered, _counts.ended);
    }

    /// @inheritdoc IAssetRegistry
    function manifestDigest(AssetManifest calldata manifest) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(MANIFEST_TYPEHASH, manifest)));
    }

    /// @inheritdoc IAssetRegistry
    function amendmentDigest(uint256 deedId, bytes32 newRoot, address machine) public view returns (bytes32) {
        (, bytes32 oldRoot) = _attestationPair(deedId);
        return _hashTypedDataV4(
            keccak256(
                abi.encode(AMENDMENT_TYPEHASH, deedId, oldRoot, newRoot, ownerOf(deedId), machine, amendments[deedId])
            )
        );
    }

    /// @notice ERC-165: ERC-721 with metadata, ERC-7943.
    function supportsInterface(bytes4 id) public view override returns (bool) {
        return id == type(IERC7943NonFungible).interfaceId || super.supportsInterface(id);
    }

    /* INTERNAL */

    /// @dev Checks category, signatures and permission; says whether the asset is attested for this owner, and since
    /// which epoch. A complete attestation vouches for the category.
    function _admit(AssetManifest calldata manifest, bytes calldata ownerSignature, bytes calldata machineSignature)
        private
        view
        returns (bool active, uint24 epoch)
    {
        _requireSigned(manifestDigest(manifest), manifest.owner, manifest.machine, ownerSignature, machineSignature);
        if (!canReceive(manifest.owner)) revert ERC7943CannotReceive(manifest.owner);
        (active, epoch) =
            ATTESTATIONS.completeFor(manifest.assetKey, manifest.manifestRoot, manifest.category, manifest.owner);
        if (!active) CATEGORIES.requiredKinds(manifest.category);
    }

    /// @dev Tries the owner's key first: a look at his code, for ERC-1271, costs more.
    function _requireSigned(
        bytes32 digest,
        address owner,
        address machine,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) private view {
        (address signer,,) = ECDSA.tryRecoverCalldata(digest, ownerSignature);
        bool signed = signer == owner && owner != address(0);
        if (!signed && !SignatureChecker.isValidERC1271SignatureNowCalldata(owner, digest, ownerSignature)) {
            revert BadOwnerSignature(owner);
        }
        (signer,,) = ECDSA.tryRecoverCalldata(digest, machineSignature);
        if (signer != machine || signer == address(0)) revert BadMachineSignature(machine, signer);
    }

    /// @dev An attested registration displaces one that is not attested, so that nobody can sit on another's key; a
    /// retired key comes back by an attestation whose epoch began after its end, so that no signature made before can.
    /// Nothing of the old deed's papers goes over to the new one.
    function _makeRoom(AssetManifest calldata manifest, uint256 deedId, Deed memory deed, bool active, uint24 epoch)
        private
    {
        if (active && deed.state == State.Pending) {
            emit StateChanged(deedId, State.Pending, State.Retired, DISPLACED);
            _burn(deedId, deed);
        } else if (!active || deed.state != State.Retired || ATTESTATIONS.epochStart(epoch) <= deed.since) {
            revert AlreadyRegistered(manifest.assetKey, deedId, deed.owner);
        }
        delete _papers[deedId];
        delete _parents[deedId];
    }

    function _ownDeed(uint256 deedId) private view returns (Deed memory deed) {
        deed = _load(deedId);
        if (deed.owner != msg.sender) revert NotDeedOwner(deedId, msg.sender);
    }

    function _openBatch(
        AssetManifest calldata manifest,
        bytes32 keyRoot,
        uint32 count,
        bytes calldata ownerSignature,
        bytes calldata machineSignature
    ) private returns (uint256 first) {
        if (count == 0) revert EmptyBatch();
        if (count > MAX_BATCH) revert BatchTooLarge(count, MAX_BATCH);
        bytes32 key = batchKeyOf(keyRoot, count);
        if (key != manifest.assetKey) revert WrongBatchKey(manifest.assetKey, key);
        uint256 number = uint256(key) >> 65;
        first = number << 64;
        if (_batches[number].count != 0) revert AlreadyRegistered(key, first, _batches[number].owner);
        (bool active,) = _admit(manifest, ownerSignature, machineSignature);
        _writeBatch(manifest, keyRoot, count, active ? State.Active : State.Pending);
    }

    function _writeBatch(AssetManifest calldata manifest, bytes32 keyRoot, uint32 count, State state) private {
        uint256 number = uint256(manifest.assetKey) >> 65;
        _batchRoots[number] = manifest.manifestRoot;
        _mintBatch(number, Batch(manifest.owner, manifest.category, state, count, uint32(block.timestamp)));
        emit BatchRegistered(number, manifest.owner, manifest, keyRoot, count, state);
    }

    /// @dev One ERC-721 Transfer event for each deed.
    function _emitTransfers(uint256 first, uint256 count, address owner) private {
        uint256 topic = TRANSFER_TOPIC;
        assembly ("memory-safe") {
            let end := add(first, count)
            for { let id := first } lt(id, end) { id := add(id, 1) } { log4(0, 0, topic, 0, owner, id) }
        }
    }
}
