// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IDealDesk} from "../interfaces/IDealDesk.sol";
import {IDealVault} from "../interfaces/IDealVault.sol";
import {IPerformanceOracle} from "../interfaces/IPerformanceOracle.sol";
import {DealVault} from "./DealVault.sol";

/// @title Where owners list their deeds; maker of the deal vaults
/// @dev Not upgradeable; it holds no money. The guardian can pause new listings, never payments or claims.
contract DealDesk is IDealDesk, AccessManaged, Pausable {
    /// @notice Deeds of one deal at most.
    uint256 public constant MAX_DEEDS = 64;
    /// @notice Subject of the figure that says what a deed's asset is worth, in whole units of the currency.
    bytes32 public constant APPRAISAL = keccak256("appraisal");

    /// @notice Deeds.
    IAssetRegistry public immutable REGISTRY;
    /// @notice Attestations behind the deeds.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Performance of the deeds.
    IPerformanceOracle public immutable ORACLE;
    /// @notice What every deal is a clone of.
    address public immutable IMPLEMENTATION;
    /// @notice How long an attestation must have stood before its deed is listed, seconds: the challenge window, save
    /// on practice chains.
    uint48 public immutable SEASONING;

    IDealVault.Fees private _fees;
    /// @inheritdoc IDealDesk
    mapping(address vault => bool) public isDeal;
    /// @dev Of a deed annulled meanwhile the entry stays; the registry says whether the deed is still pledged.
    mapping(uint256 deedId => address) private _dealOf;

    modifier onlyDeal() {
        if (!isDeal[msg.sender]) revert OnlyDeal(msg.sender);
        _;
    }

    /// @param authority Access manager; knows guardian and governance.
    constructor(
        address authority,
        IAssetRegistry registry,
        IAttestationRegistry attestations,
        IPerformanceOracle oracle,
        address implementation,
        uint48 seasoning
    ) AccessManaged(authority) {
        REGISTRY = registry;
        ATTESTATIONS = attestations;
        ORACLE = oracle;
        IMPLEMENTATION = implementation;
        SEASONING = seasoning;
    }

    /// @notice Stops new listings. Guardian only.
    function pause() external restricted {
        _pause();
    }

    /// @notice Lets listings go on. Governance only.
    function unpause() external restricted {
        _unpause();
    }

    /// @inheritdoc IDealDesk
    function setFees(IDealVault.Fees calldata fees_) external restricted {
        if (fees_.recipient == address(0)) revert BadTerms("fee recipient");
        if (fees_.tokenizationMinBps > 1_000 || fees_.tokenizationYearBps > 1_000) revert BadTerms("tokenization fee");
        _fees = fees_;
        emit FeesSet(fees_);
    }

    /// @inheritdoc IDealDesk
    function list(uint256[] calldata deedIds, IDealVault.Terms calldata terms)
        external
        whenNotPaused
        returns (address vault)
    {
        if (deedIds.length == 0) revert NoDeeds();
        if (deedIds.length > MAX_DEEDS) revert TooManyDeeds(deedIds.length, MAX_DEEDS);
        _requireTerms(terms);
        vault = Clones.clone(IMPLEMENTATION);
        isDeal[vault] = true;
        bytes32[] memory keys = new bytes32[](deedIds.length);
        for (uint256 i; i < deedIds.length; ++i) {
            keys[i] = _pledge(deedIds[i], vault);
        }
        (uint256 attested, bool whole) = attestedAppraisal(deedIds);
        if (whole && terms.appraisal > attested) revert AppraisalAboveAttested(terms.appraisal, attested);
        IERC20 currency = IERC20(IERC4626(terms.pool).asset());
        DealVault(vault).initialize(terms, _fees, msg.sender, currency, ORACLE, deedIds, keys);
        emit Listed(vault, msg.sender, terms.pool, deedIds);
    }

    /// @inheritdoc IDealDesk
    function withdrawListing(address vault) external {
        if (!isDeal[vault]) revert OnlyDeal(vault);
        if (IDealVault(vault).owner() != msg.sender) revert NotBorrower(msg.sender);
        IDealVault(vault).withdrawListing();
        _free(IDealVault(vault).deeds(), vault);
        emit ListingWithdrawn(vault);
    }

    /// @inheritdoc IDealDesk
    function release(uint256[] calldata deedIds) external onlyDeal {
        _free(deedIds, msg.sender);
    }

    /// @inheritdoc IDealDesk
    function enforce(uint256[] calldata deedIds, address receiver) external onlyDeal {
        for (uint256 i; i < deedIds.length; ++i) {
            if (_letGo(deedIds[i], msg.sender)) REGISTRY.enforce(deedIds[i], receiver);
        }
    }

    /// @inheritdoc IDealDesk
    function requirePledged(uint256[] calldata deedIds) external view {
        for (uint256 i; i < deedIds.length; ++i) {
            bool listed = REGISTRY.record(deedIds[i]).state == IAssetRegistry.State.Listed;
            bool ours = _dealOf[deedIds[i]] == msg.sender;
            if (!listed || !ours || !REGISTRY.isAttestedDeed(deedIds[i])) revert NotListed(deedIds[i]);
        }
    }

    /// @inheritdoc IDealDesk
    function attestedAppraisal(uint256[] calldata deedIds) public view returns (uint256 value, bool whole) {
        whole = true;
        for (uint256 i; i < deedIds.length; ++i) {
            IAssetRegistry.Record memory deed = REGISTRY.record(deedIds[i]);
            (uint128 worth,) = ATTESTATIONS.figure(deed.attestationKey, deed.manifestRoot, APPRAISAL);
            whole = whole && worth != 0 && REGISTRY.isAttestedDeed(deedIds[i]);
            value += uint256(worth) * 1e18;
        }
    }

    /// @inheritdoc IDealDesk
    function dealOf(uint256 deedId) external view returns (address) {
        return REGISTRY.record(deedId).pledged ? _dealOf[deedId] : address(0);
    }

    /// @notice Fees of deals listed from now on.
    function fees() external view returns (IDealVault.Fees memory) {
        return _fees;
    }

    /* INTERNAL */

    function _pledge(uint256 deedId, address vault) private returns (bytes32 key) {
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        if (deed.owner != msg.sender) revert NotDeedOwner(deedId, msg.sender);
        address lienHolder = REGISTRY.papersOf(deedId).lienHolder;
        if (lienHolder != address(0)) revert DeedHasLien(deedId, lienHolder);
        (,, uint48 attestedAt,,) = ATTESTATIONS.attestation(deed.attestationKey, deed.manifestRoot);
        uint256 from = uint256(attestedAt) + SEASONING;
        if (block.timestamp < from) revert NotSeasoned(deedId, from);
        _dealOf[deedId] = vault;
        REGISTRY.setListed(deedId, true);
        return deed.assetKey == 0 ? bytes32(deedId) : deed.assetKey;
    }

    function _free(uint256[] memory deedIds, address vault) private {
        for (uint256 i; i < deedIds.length; ++i) {
            if (_letGo(deedIds[i], vault)) REGISTRY.setListed(deedIds[i], false);
        }
    }

    /// @dev Whether the deed was still pledged to `vault`. One that was annulled meanwhile is nobody's, or has come back
    /// under the same id and may be pledged to another deal: neither is this deal's to move.
    function _letGo(uint256 deedId, address vault) private returns (bool) {
        if (_dealOf[deedId] != vault) return false;
        delete _dealOf[deedId];
        return REGISTRY.record(deedId).pledged;
    }

    function _requireTerms(IDealVault.Terms calldata terms) private view {
        if (terms.senior == 0) revert BadTerms("senior");
        if (terms.periods == 0 || terms.periodLength == 0) revert BadTerms("schedule");
        if (terms.pool == address(0) || terms.receiver == address(0)) revert BadTerms("pool or receiver");
        if ((terms.junior == 0) != (terms.juniorHolder == address(0))) revert BadTerms("junior");
        if (uint256(terms.servicerBps) + terms.insurerBps + terms.baileeBps > 5_000) revert BadTerms("costs");
        if (terms.servicerBps != 0 && terms.servicer == address(0)) revert BadTerms("servicer");
        if (terms.insurerBps != 0 && terms.insurer == address(0)) revert BadTerms("insurer");
        if (terms.baileeBps != 0 && terms.bailee == address(0)) revert BadTerms("bailee");
        if (terms.shareBps > 10_000 || terms.reserveBps > 10_000) revert BadTerms("share or reserve");
        bool shares = terms.kind != IDealVault.Kind.Debt;
        if (shares != (terms.shareBps != 0)) revert BadTerms("share");
        if (terms.kind != IDealVault.Kind.RevenueShare && terms.rateBps < _fees.protocolYearBps) {
            revert BadTerms("rate");
        }
        bool capped = terms.kind == IDealVault.Kind.RevenueShare || terms.capBps != 0;
        if (capped && terms.capBps < 10_000) revert BadTerms("cap");
        uint256 advance = uint256(terms.senior) + terms.junior;
        uint256 required = (advance * (10_000 + uint256(terms.overcollateralBps)) + 9_999) / 10_000;
        if (terms.appraisal < required) revert Undercollateralised(terms.appraisal, required);
    }
}
