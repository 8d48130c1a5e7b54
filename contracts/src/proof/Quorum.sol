// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IStakeSource} from "../interfaces/IStakeSource.sol";

/// @title The three messages that validators sign, and the two-thirds rule
abstract contract Quorum is EIP712, IAttestationRegistry {
    bytes32 internal constant ATTESTATION_TYPEHASH = keccak256(
        "Attestation(bytes32 assetKey,bytes32 manifestRoot,uint16 category,address owner,uint8 kinds,uint64 epoch,uint64 validUntil,bytes32 evidenceHash)"
    );
    bytes32 internal constant FIGURE_TYPEHASH = keccak256(
        "Figure(bytes32 assetKey,bytes32 manifestRoot,uint16 category,bytes32 subject,uint128 value,uint64 epoch)"
    );
    bytes32 internal constant PERFORMANCE_TYPEHASH = keccak256(
        "Performance(bytes32 assetKey,uint64 epoch,uint16 uptimeBps,uint16 benchmarkBps,bytes32 evidenceHash)"
    );

    /// @notice The validators whose stake counts.
    IStakeSource public immutable VALIDATORS;
    /// @notice First second of epoch 0.
    uint256 public immutable GENESIS;
    /// @notice Length of an epoch, seconds.
    uint256 public immutable EPOCH_LENGTH;
    /// @notice How many epochs back a statement may still be submitted.
    uint64 public immutable MAX_EPOCH_AGE;

    error NoEpochLength();

    constructor(IStakeSource validators, uint256 epochLength, uint64 maxEpochAge) EIP712("GAIB Attestation", "1") {
        if (epochLength == 0) revert NoEpochLength();
        VALIDATORS = validators;
        GENESIS = block.timestamp;
        EPOCH_LENGTH = epochLength;
        MAX_EPOCH_AGE = maxEpochAge;
    }

    /// @inheritdoc IAttestationRegistry
    function currentEpoch() public view returns (uint64) {
        return uint64((block.timestamp - GENESIS) / EPOCH_LENGTH);
    }

    /// @inheritdoc IAttestationRegistry
    function epochStart(uint64 epoch) public view returns (uint256) {
        return GENESIS + epoch * EPOCH_LENGTH;
    }

    /// @inheritdoc IAttestationRegistry
    function maxStatementAge() public view returns (uint256) {
        return (uint256(MAX_EPOCH_AGE) + 1) * EPOCH_LENGTH;
    }

    /// @inheritdoc IAttestationRegistry
    function attestationDigest(Statement calldata statement, bytes32 evidenceHash) external view returns (bytes32) {
        return _hashTypedDataV4(_withEvidence(_attestationWords(statement), evidenceHash));
    }

    /// @inheritdoc IAttestationRegistry
    function figureDigest(Figure calldata figure_) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    FIGURE_TYPEHASH,
                    figure_.assetKey,
                    figure_.manifestRoot,
                    figure_.category,
                    figure_.subject,
                    figure_.value,
                    figure_.epoch
                )
            )
        );
    }

    /// @inheritdoc IAttestationRegistry
    function performanceDigest(Performance calldata performance, bytes32 evidenceHash) external view returns (bytes32) {
        return _hashTypedDataV4(_withEvidence(_performanceWords(performance), evidenceHash));
    }

    /// @dev The encoded struct with room for the evidence hash in its last word.
    function _attestationWords(Statement calldata statement) internal pure returns (bytes memory) {
        return abi.encode(ATTESTATION_TYPEHASH, statement, bytes32(0));
    }

    function _performanceWords(Performance calldata performance) internal pure returns (bytes memory) {
        return abi.encode(PERFORMANCE_TYPEHASH, performance, bytes32(0));
    }

    function _withEvidence(bytes memory words, bytes32 evidenceHash) private pure returns (bytes32 structHash) {
        assembly ("memory-safe") {
            mstore(add(words, mload(words)), evidenceHash)
            structHash := keccak256(add(words, 0x20), mload(words))
        }
    }

    /// @dev Reverts unless the signers of `words`, each with his own evidence hash, hold two thirds of the stake.
    function _requireEach(bytes memory words, bytes32[] calldata evidence, bytes[] calldata signatures, uint64 epoch)
        internal
        view
    {
        if (evidence.length != signatures.length) revert LengthMismatch(evidence.length, signatures.length);
        bytes32 separator = _domainSeparatorV4();
        address[] memory signers = new address[](signatures.length);
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            bytes32 digest = MessageHashUtils.toTypedDataHash(separator, _withEvidence(words, evidence[i]));
            previous = _nextSigner(digest, signatures[i], previous);
            signers[i] = previous;
        }
        _requireWeight(signers, epoch);
    }

    /// @dev Reverts unless the signers of one `digest` hold two thirds of the stake.
    function _requireSame(bytes32 digest, bytes[] calldata signatures, uint64 epoch) internal view {
        address[] memory signers = new address[](signatures.length);
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            previous = _nextSigner(digest, signatures[i], previous);
            signers[i] = previous;
        }
        _requireWeight(signers, epoch);
    }

    function _nextSigner(bytes32 digest, bytes calldata signature, address previous)
        private
        pure
        returns (address signer)
    {
        signer = ECDSA.recoverCalldata(digest, signature);
        if (signer <= previous) revert SignersNotAscending(signer, previous);
    }

    /// @dev The epoch must have begun before this second, so that its starting stake can change no more.
    function _requireWeight(address[] memory signers, uint64 epoch) private view {
        uint64 current = currentEpoch();
        uint64 oldest = current > MAX_EPOCH_AGE ? current - MAX_EPOCH_AGE : 0;
        uint256 start = epochStart(epoch);
        if (epoch > current || epoch < oldest || start == block.timestamp) revert BadEpoch(epoch, current, oldest);
        (uint256 weight, uint256 total) = VALIDATORS.weightsAt(signers, start);
        if (total == 0 || weight * 3 < total * 2) revert QuorumNotReached(weight, total);
    }
}
