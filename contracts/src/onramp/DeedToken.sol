// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";

/// @title The deed: an ERC-721 whose tokens share the storage of their batch until they first change
/// @dev A deed's own slot holds all of it (owner, category, state). An empty slot of a batch id falls back to the batch;
/// a burned deed keeps its slot with state Retired and no owner, so it can never fall back to the batch owner.
abstract contract DeedToken is IERC721, IERC721Metadata, IERC721Errors, IAssetRegistry {
    /// @dev 160+16+8+8+8+32+24 = 256 bits, one slot. `prior` is the state to come back to from Frozen. A deed that was
    /// attested when it was registered keeps the epoch plus one, under which the attestation registry has its root.
    struct Deed {
        address owner;
        uint16 category;
        State state;
        State prior;
        uint8 flags;
        uint32 since;
        uint24 rootEpoch;
    }

    /// @dev 160+16+8+32+32 = 248 bits, one slot.
    struct Batch {
        address owner;
        uint16 category;
        State state;
        uint32 count;
        uint32 since;
    }

    struct Counts {
        uint128 registered;
        uint128 ended;
    }

    uint256 internal constant SINGLE = 1 << 255;
    uint8 internal constant KEY_TOP_BIT = 1;
    uint8 internal constant CAPACITY_LOCKED = 2;
    uint8 internal constant DISPUTED = 4;
    uint8 internal constant FROZEN = 8;
    /// @dev Was active at some time; only such a deed keeps others of its key away.
    uint8 internal constant ADMITTED = 16;

    mapping(uint256 deedId => Deed) private _deeds;
    mapping(uint256 batchNumber => Batch) internal _batches;
    mapping(address owner => uint256) private _balances;
    mapping(uint256 deedId => address) private _approvals;
    mapping(address owner => mapping(address operator => bool)) private _operators;
    Counts internal _counts;

    /* ERC-721 */

    /// @notice Name of the token.
    function name() external pure returns (string memory) {
        return "GAIB Asset Deed";
    }

    /// @notice Symbol of the token.
    function symbol() external pure returns (string memory) {
        return "GAIBDEED";
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _balances[owner];
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 deedId) public view returns (address owner) {
        owner = _load(deedId).owner;
        if (owner == address(0)) revert ERC721NonexistentToken(deedId);
    }

    /// @inheritdoc IERC721
    function approve(address to, uint256 deedId) external {
        address owner = ownerOf(deedId);
        if (msg.sender != owner && !_operators[owner][msg.sender]) revert ERC721InvalidApprover(msg.sender);
        _approvals[deedId] = to;
        emit Approval(owner, to, deedId);
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 deedId) external view returns (address) {
        ownerOf(deedId);
        return _approvals[deedId];
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address operator, bool approved) external {
        if (operator == address(0)) revert ERC721InvalidOperator(operator);
        _operators[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address owner, address operator) external view returns (bool) {
        return _operators[owner][operator];
    }

    /// @inheritdoc IERC721
    function transferFrom(address from, address to, uint256 deedId) public {
        Deed memory deed = _load(deedId);
        if (deed.owner == address(0)) revert ERC721NonexistentToken(deedId);
        if (deed.owner != from) revert ERC721IncorrectOwner(from, deedId, deed.owner);
        if (!_mayMove(from, msg.sender, deedId)) revert ERC721InsufficientApproval(msg.sender, deedId);
        _requireTransferable(deed, from, to, deedId);
        _move(deed, to, deedId);
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address from, address to, uint256 deedId) external {
        safeTransferFrom(from, to, deedId, "");
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address from, address to, uint256 deedId, bytes memory data) public {
        transferFrom(from, to, deedId);
        ERC721Utils.checkOnERC721Received(msg.sender, from, to, deedId, data);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) public view virtual returns (bool) {
        return
            id == type(IERC165).interfaceId || id == type(IERC721).interfaceId
                || id == type(IERC721Metadata).interfaceId;
    }

    /* INTERNAL */

    /// @dev Reverts where the deed's state or the permissions forbid a transfer.
    function _requireTransferable(Deed memory deed, address from, address to, uint256 deedId) internal view virtual;

    function _mayMove(address owner, address caller, uint256 deedId) internal view returns (bool) {
        return caller == owner || _operators[owner][caller] || _approvals[deedId] == caller;
    }

    /// @dev The deed as it stands, from its own slot or its batch; all zero where there is none.
    function _load(uint256 deedId) internal view returns (Deed memory deed) {
        deed = _deeds[deedId];
        if (deed.state != State.None || deedId >= SINGLE) return deed;
        Batch memory group = _batches[deedId >> 64];
        if (uint64(deedId) < group.count) {
            (deed.owner, deed.category, deed.state, deed.since) =
            (group.owner, group.category, group.state, group.since);
            if (group.state == State.Active) deed.flags = ADMITTED;
        }
    }

    function _save(uint256 deedId, Deed memory deed) internal {
        _deeds[deedId] = deed;
    }

    function _mint(uint256 deedId, Deed memory deed) internal {
        if (deed.owner == address(0)) revert ERC721InvalidReceiver(deed.owner);
        _deeds[deedId] = deed;
        unchecked {
            ++_balances[deed.owner];
            ++_counts.registered;
        }
        emit Transfer(address(0), deed.owner, deedId);
    }

    /// @dev Writes the batch; the caller emits the events.
    function _mintBatch(uint256 batchNumber, Batch memory group) internal {
        if (group.owner == address(0)) revert ERC721InvalidReceiver(group.owner);
        _batches[batchNumber] = group;
        unchecked {
            _balances[group.owner] += group.count;
            _counts.registered += group.count;
        }
    }

    function _move(Deed memory deed, address to, uint256 deedId) internal {
        if (to == address(0)) revert ERC721InvalidReceiver(to);
        address from = deed.owner;
        deed.owner = to;
        _deeds[deedId] = deed;
        if (_approvals[deedId] != address(0)) delete _approvals[deedId];
        unchecked {
            --_balances[from];
            ++_balances[to];
        }
        emit Transfer(from, to, deedId);
    }

    /// @dev The slot stays, with no owner: see the contract's note.
    function _burn(uint256 deedId, Deed memory deed) internal {
        address from = deed.owner;
        deed.owner = address(0);
        deed.state = State.Retired;
        deed.since = uint32(block.timestamp);
        _deeds[deedId] = deed;
        if (_approvals[deedId] != address(0)) delete _approvals[deedId];
        unchecked {
            --_balances[from];
            ++_counts.ended;
        }
        emit Transfer(from, address(0), deedId);
    }
}
