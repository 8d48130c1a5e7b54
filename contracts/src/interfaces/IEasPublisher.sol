// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Attestations, told to the Ethereum Attestation Service
/// @notice What stands in the attestation registry is copied, never decided here. Schema:
/// `bytes32 assetKey,bytes32 manifestRoot,uint16 category,uint8 kinds,uint64 epoch`; recipient is the attested owner.
interface IEasPublisher {
    event Published(bytes32 indexed assetKey, bytes32 indexed manifestRoot, bytes32 indexed uid);
    event Revoked(bytes32 indexed assetKey, bytes32 indexed manifestRoot, bytes32 indexed uid);

    error NothingStands(bytes32 assetKey, bytes32 manifestRoot);
    error AlreadyPublished(bytes32 uid);
    error StillStands(bytes32 uid);
    error OnlyEas(address caller);
    error NoPayment();

    /// @notice Publishes the attestation that stands for an asset under a manifest; one that says less or is of an
    /// earlier epoch is revoked. Anyone.
    /// @return uid The attestation's id in EAS.
    function publish(bytes32 assetKey, bytes32 manifestRoot) external returns (bytes32 uid);

    /// @notice Revokes what was published of an attestation that is disputed, annulled or expired. Anyone.
    function revoke(bytes32 assetKey, bytes32 manifestRoot) external;

    /// @notice The newest published attestation; zero where none stands in EAS.
    function uidOf(bytes32 assetKey, bytes32 manifestRoot) external view returns (bytes32);
}
