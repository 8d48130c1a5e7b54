// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Attestation} from "@ethereum-attestation-service/eas-contracts/contracts/Common.sol";
import {
    AttestationRequest,
    AttestationRequestData,
    IEAS,
    RevocationRequest,
    RevocationRequestData
} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";
import {ISemver} from "@ethereum-attestation-service/eas-contracts/contracts/ISemver.sol";
import {ISchemaResolver} from "@ethereum-attestation-service/eas-contracts/contracts/resolver/ISchemaResolver.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IEasPublisher} from "../interfaces/IEasPublisher.sol";

/// @title Attestations, told to the Ethereum Attestation Service
/// @notice On OP Stack chains EAS is at 0x4200000000000000000000000000000000000021 and its schema registry at
/// 0x4200000000000000000000000000000000000020.
/// @dev Not upgradeable. It is its schema's resolver too: nobody else can attest under the schema, so an indexer that
/// knows the schema need not know the attester.
contract EasPublisher is IEasPublisher, ISchemaResolver {
    string private constant SCHEMA = "bytes32 assetKey,bytes32 manifestRoot,uint16 category,uint8 kinds,uint64 epoch";

    /// @dev What was said last. Slot 0: 256 bits. Slot 1: 64+8 = 72 bits.
    struct Said {
        bytes32 uid;
        uint64 epoch;
        uint8 kinds;
    }

    /// @notice What is published.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Where.
    IEAS public immutable SERVICE;
    /// @notice Id of the schema, registered when this contract was deployed.
    bytes32 public immutable SCHEMA_ID;

    mapping(bytes32 assetKey => mapping(bytes32 manifestRoot => Said)) private _said;

    modifier onlyService() {
        if (msg.sender != address(SERVICE)) revert OnlyEas(msg.sender);
        if (msg.value != 0) revert NoPayment();
        _;
    }

    /// @param service EAS on this chain.
    constructor(IAttestationRegistry attestations, IEAS service) {
        (ATTESTATIONS, SERVICE) = (attestations, service);
        SCHEMA_ID = service.getSchemaRegistry().register(SCHEMA, this, true);
    }

    /// @inheritdoc IEasPublisher
    function publish(bytes32 assetKey, bytes32 manifestRoot) external returns (bytes32 uid) {
        (uint8 kinds, uint64 validUntil, uint64 epoch) = ATTESTATIONS.attested(assetKey, manifestRoot);
        if (kinds == 0) revert NothingStands(assetKey, manifestRoot);
        Said memory before = _said[assetKey][manifestRoot];
        if (before.uid != 0) {
            if (before.epoch == epoch && before.kinds == kinds) revert AlreadyPublished(before.uid);
            _revoke(assetKey, manifestRoot, before.uid);
        }
        (address owner, uint16 category,,,) = ATTESTATIONS.attestation(assetKey, manifestRoot);
        uid = SERVICE.attest(
            AttestationRequest(
                SCHEMA_ID,
                AttestationRequestData({
                    recipient: owner,
                    // EAS has it expired at this second, the registry after it.
                    expirationTime: validUntil + 1,
                    revocable: true,
                    refUID: before.uid,
                    data: abi.encode(assetKey, manifestRoot, category, kinds, epoch),
                    value: 0
                })
            )
        );
        _said[assetKey][manifestRoot] = Said(uid, epoch, kinds);
        emit Published(assetKey, manifestRoot, uid);
    }

    /// @inheritdoc IEasPublisher
    function revoke(bytes32 assetKey, bytes32 manifestRoot) external {
        bytes32 uid = _said[assetKey][manifestRoot].uid;
        (uint8 kinds,,) = ATTESTATIONS.attested(assetKey, manifestRoot);
        if (uid == 0) revert NothingStands(assetKey, manifestRoot);
        if (kinds != 0) revert StillStands(uid);
        delete _said[assetKey][manifestRoot];
        _revoke(assetKey, manifestRoot, uid);
    }

    /// @inheritdoc IEasPublisher
    function uidOf(bytes32 assetKey, bytes32 manifestRoot) external view returns (bytes32) {
        return _said[assetKey][manifestRoot].uid;
    }

    /* RESOLVER */

    /// @inheritdoc ISchemaResolver
    function isPayable() external pure returns (bool) {
        return false;
    }

    /// @inheritdoc ISchemaResolver
    function attest(Attestation calldata attestation) external payable onlyService returns (bool) {
        return attestation.attester == address(this);
    }

    /// @inheritdoc ISchemaResolver
    function multiAttest(Attestation[] calldata, uint256[] calldata) external payable onlyService returns (bool) {
        return false;
    }

    /// @inheritdoc ISchemaResolver
    function revoke(Attestation calldata attestation) external payable onlyService returns (bool) {
        return attestation.attester == address(this);
    }

    /// @inheritdoc ISchemaResolver
    function multiRevoke(Attestation[] calldata, uint256[] calldata) external payable onlyService returns (bool) {
        return false;
    }

    /// @inheritdoc ISemver
    function version() external pure returns (string memory) {
        return "1.0.0";
    }

    /* INTERNAL */

    function _revoke(bytes32 assetKey, bytes32 manifestRoot, bytes32 uid) private {
        emit Revoked(assetKey, manifestRoot, uid);
        SERVICE.revoke(RevocationRequest(SCHEMA_ID, RevocationRequestData(uid, 0)));
    }
}
