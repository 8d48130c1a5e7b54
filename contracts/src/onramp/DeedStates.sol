// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";
import {IERC7943NonFungible} from "../interfaces/IERC7943NonFungible.sol";
import {DeedToken} from "./DeedToken.sol";

/// @title The states of a deed, and who may move it (ERC-7943)
/// @dev Pending → Active → Listed → Active …; Frozen from each of these and back; Retired is the end.
abstract contract DeedStates is DeedToken, IERC7943NonFungible, AccessManaged {
    /// @notice Reasons in {StateChanged} of the moves the registry makes itself.
    bytes32 internal constant REGISTERED = "registered";
    bytes32 internal constant ATTESTED = "attested";
    bytes32 internal constant AMENDED = "amended";
    bytes32 internal constant PLEDGED = "pledged";
    bytes32 internal constant RELEASED = "released";
    bytes32 internal constant ENFORCED = "enforced";
    bytes32 internal constant FORCED = "forced transfer";
    bytes32 internal constant PERMISSIONS = "permissions";
    bytes32 internal constant DISPLACED = "displaced";

    /// @notice Where attestations are read.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Where categories are read.
    ICategoryRegistry public immutable CATEGORIES;

    /// @notice Whether only listed accounts may hold deeds: a regulated deployment's choice, once.
    bool public immutable ALLOW_LIST;

    /// @notice Whether ERC-2309 events are allowed for batches. Off unless governance turns it on.
    bool public consecutiveAllowed;
    /// @notice Accounts that may hold deeds where {ALLOW_LIST} is set.
    mapping(address account => bool) public allowed;
    /// @dev Manifest root of a deed that was not attested when registered, or was amended.
    mapping(uint256 deedId => bytes32) internal _roots;
    mapping(uint256 batchNumber => bytes32) internal _batchRoots;
    string private _baseUri;

    event AllowedSet(address indexed account, bool allowed);
    event ConsecutiveSwitched(bool on);
    event BaseUriSet(string uri);

    constructor(address authority, IAttestationRegistry attestations, ICategoryRegistry categories, bool allowList)
        AccessManaged(authority)
    {
        ALLOW_LIST = allowList;
        ATTESTATIONS = attestations;
        CATEGORIES = categories;
    }

    /* PERMISSIONS */

    /// @notice Lists or unlists a holder. Governance only.
    function setAllowed(address account, bool allowed_) external restricted {
        allowed[account] = allowed_;
        emit AllowedSet(account, allowed_);
    }

    /// @notice Lets batches be announced by one ERC-2309 event. Only for a chain whose indexers read it. Governance only.
    function setConsecutiveAllowed(bool on) external restricted {
        consecutiveAllowed = on;
        emit ConsecutiveSwitched(on);
    }

    /// @notice Sets what stands before the manifest root in a token's URI. Governance only.
    function setBaseUri(string calldata uri) external restricted {
        _baseUri = uri;
        emit BaseUriSet(uri);
    }

    /// @notice Base URI followed by the manifest root; of all deeds of an unamended batch the same.
    function tokenURI(uint256 deedId) external view returns (string memory) {
        ownerOf(deedId);
        (, bytes32 root) = _attestationPair(deedId);
        return string.concat(_baseUri, Strings.toHexString(uint256(root), 32));
    }

    /// @inheritdoc IERC7943NonFungible
    function canSend(address account) public view returns (bool) {
        return !ALLOW_LIST || allowed[account];
    }

    /// @inheritdoc IERC7943NonFungible
    function canReceive(address account) public view returns (bool) {
        return account != address(0) && (!ALLOW_LIST || allowed[account]);
    }

    /// @inheritdoc IERC7943NonFungible
    function canTransfer(address from, address to, uint256 deedId) external view returns (bool) {
        Deed memory deed = _load(deedId);
        return deed.owner != address(0) && deed.owner == from && deed.state == State.Active
            && deed.flags & CAPACITY_LOCKED == 0 && canSend(from) && canReceive(to);
    }

    /// @inheritdoc IERC7943NonFungible
    function getFrozenTokens(address account, uint256 deedId) external view returns (bool) {
        Deed memory deed = _load(deedId);
        return deed.owner == account && deed.state == State.Frozen;
    }

    /// @inheritdoc IERC7943NonFungible
    function setFrozenTokens(address account, uint256 deedId, bool frozenStatus) external restricted returns (bool) {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0) || deed.owner != account) {
            revert ERC721IncorrectOwner(account, deedId, deed.owner);
        }
        _flag(deed, deedId, FROZEN, frozenStatus, PERMISSIONS);
        emit Frozen(account, deedId, frozenStatus);
        return true;
    }

    /// @inheritdoc IERC7943NonFungible
    function forcedTransfer(address from, address to, uint256 deedId) external restricted returns (bool) {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0) || deed.owner != from) revert ERC721IncorrectOwner(from, deedId, deed.owner);
        if (deed.state == State.Listed || deed.prior == State.Listed) revert WrongState(deedId, deed.state);
        if (!canReceive(to)) revert ERC7943CannotReceive(to);
        if (deed.flags & FROZEN != 0) {
            _thaw(deed, deedId, FROZEN, FORCED);
            emit Frozen(from, deedId, false);
        }
        _move(deed, to, deedId);
        emit ForcedTransfer(from, to, deedId);
        return true;
    }

    /* PLEDGE, LOCK, DISPUTE */

    /// @inheritdoc IAssetRegistry
    function setListed(uint256 deedId, bool listed) external restricted {
        Deed memory deed = _load(deedId);
        if (listed) {
            if (deed.state != State.Active) revert WrongState(deedId, deed.state);
            _requireAttested(deed, deedId);
            _setState(deed, deedId, State.Listed, PLEDGED);
        } else if (deed.state == State.Frozen && deed.prior == State.Listed) {
            deed.prior = State.Active;
        } else {
            if (deed.state != State.Listed) revert NotListed(deedId);
            _setState(deed, deedId, State.Active, RELEASED);
        }
        _save(deedId, deed);
    }

    /// @inheritdoc IAssetRegistry
    function enforce(uint256 deedId, address receiver) external restricted {
        Deed memory deed = _load(deedId);
        if (!canReceive(receiver)) revert ERC7943CannotReceive(receiver);
        if (deed.state == State.Frozen && deed.prior == State.Listed) {
            deed.prior = State.Active;
        } else {
            if (deed.state != State.Listed) revert NotListed(deedId);
            _setState(deed, deedId, State.Active, ENFORCED);
        }
        _move(deed, receiver, deedId);
    }

    /// @inheritdoc IAssetRegistry
    function setCapacityLock(uint256 deedId, bool locked) external restricted {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0)) revert ERC721NonexistentToken(deedId);
        deed.flags = locked ? deed.flags | CAPACITY_LOCKED : deed.flags & ~CAPACITY_LOCKED;
        _save(deedId, deed);
        emit CapacityLock(deedId, locked);
    }

    /// @inheritdoc IAssetRegistry
    function setDisputed(uint256 deedId, bool disputed, bytes32 reason) external restricted {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0)) revert ERC721NonexistentToken(deedId);
        if (disputed || deed.flags & DISPUTED != 0) _flag(deed, deedId, DISPUTED, disputed, reason);
    }

    /// @inheritdoc IAssetRegistry
    function annul(uint256 deedId, bytes32 reason) external restricted {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0)) revert ERC721NonexistentToken(deedId);
        emit StateChanged(deedId, deed.state, State.Retired, reason);
        _burn(deedId, deed);
    }

    /* INTERNAL */

    function _requireTransferable(Deed memory deed, address from, address to, uint256 deedId) internal view override {
        if (deed.state != State.Active) revert WrongState(deedId, deed.state);
        if (deed.flags & CAPACITY_LOCKED != 0) revert CapacityOutstanding(deedId);
        if (!canSend(from)) revert ERC7943CannotSend(from);
        if (!canReceive(to)) revert ERC7943CannotReceive(to);
    }

    /// @dev Changes `deed` in memory; the caller saves it. Seniority among deeds of one key begins with the first time a
    /// deed is active, not with its registration, which anybody can have.
    function _setState(Deed memory deed, uint256 deedId, State to, bytes32 reason) internal {
        emit StateChanged(deedId, deed.state, to, reason);
        deed.state = to;
        if (to != State.Active || deed.flags & ADMITTED != 0) return;
        (deed.flags, deed.since) = (deed.flags | ADMITTED, uint32(block.timestamp));
    }

    function _flag(Deed memory deed, uint256 deedId, uint8 flag, bool on, bytes32 reason) private {
        if (on) {
            if (deed.state != State.Frozen) {
                deed.prior = deed.state;
                _setState(deed, deedId, State.Frozen, reason);
            }
            deed.flags |= flag;
        } else {
            _thaw(deed, deedId, flag, reason);
        }
        _save(deedId, deed);
    }

    /// @dev Comes back to the earlier state once nothing freezes the deed any more.
    function _thaw(Deed memory deed, uint256 deedId, uint8 flag, bytes32 reason) private {
        if (deed.flags & flag == 0) revert WrongState(deedId, deed.state);
        deed.flags &= ~flag;
        if (deed.flags & (DISPUTED | FROZEN) != 0) return;
        _setState(deed, deedId, deed.prior, reason);
        deed.prior = State.None;
    }

    /// @dev The key and root the deed is attested under.
    function _attestationPair(uint256 deedId) internal view returns (bytes32 key, bytes32 root) {
        root = _roots[deedId];
        if (deedId >= SINGLE) {
            Deed memory deed = _load(deedId);
            key = _assetKey(deedId, deed.flags);
            if (deed.rootEpoch != 0) root = ATTESTATIONS.rootAt(key, deed.rootEpoch - 1);
            return (key, root);
        }
        if (root != 0) return (bytes32(deedId), root);
        uint256 number = deedId >> 64;
        return (bytes32(number << 65), _batchRoots[number]);
    }

    function _assetKey(uint256 deedId, uint8 flags) internal pure returns (bytes32) {
        return bytes32(flags & KEY_TOP_BIT != 0 ? deedId : deedId ^ SINGLE);
    }

    /// @dev A pending deed must be attested for its owner; later the deed may have been sold.
    function _attested(Deed memory deed, uint256 deedId) internal view returns (bool) {
        (bytes32 key, bytes32 root) = _attestationPair(deedId);
        uint8 kinds = CATEGORIES.requiredKinds(deed.category);
        if (deed.state != State.Pending) return ATTESTATIONS.isAttested(key, root, kinds);
        return ATTESTATIONS.isAttestedFor(key, root, deed.category, deed.owner, kinds);
    }

    function _requireAttested(Deed memory deed, uint256 deedId) internal view {
        if (_attested(deed, deedId)) return;
        (bytes32 key, bytes32 root) = _attestationPair(deedId);
        revert NotAttested(deedId, key, root, CATEGORIES.requiredKinds(deed.category));
    }
}
