// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IFaultProver} from "./IFaultProver.sol";

/// @title Disputes that no proof settles
/// @notice Opened with a bond within the challenge window; decided by the stake of the validators that are not accused;
/// appealable, with a second bond, to governance. While one runs, the attestation counts for nothing, the deed is frozen
/// and the accused cannot withdraw. Amounts are base units of GAIB, times seconds.
interface IDisputeCourt {
    enum Phase {
        None,
        Voting,
        Appealed,
        Upheld,
        Rejected
    }

    /// @param openedAt Stake at this second votes.
    /// @param upheldWeight Stake that says the attestation is wrong.
    struct Dispute {
        bytes32 assetKey;
        bytes32 manifestRoot;
        uint256 deedId;
        address challenger;
        uint48 openedAt;
        Phase phase;
        address appellant;
        uint128 upheldWeight;
        uint128 rejectedWeight;
        uint128 accusedWeight;
    }

    event DisputeOpened(
        uint256 indexed id, bytes32 indexed assetKey, bytes32 manifestRoot, uint256 indexed deedId, bytes32 evidenceHash
    );
    event Accused(uint256 indexed id, address indexed signer);
    event Voted(uint256 indexed id, address indexed signer, bool upheld, uint256 weight);
    event Appealed(uint256 indexed id, address indexed appellant);
    event Decided(uint256 indexed id, bool upheld, bool byGovernance);
    event Punished(uint256 indexed id, address indexed signer);

    error NotAttested(bytes32 assetKey, bytes32 manifestRoot);
    error WindowClosed(uint256 closed);
    error AlreadyDisputed(bytes32 assetKey, bytes32 manifestRoot);
    error DeedMismatch(uint256 deedId);
    error WrongPhase(uint256 id, Phase phase);
    error OtherStatement(uint256 id);
    error NotAValidator(address signer);
    error AlreadyNamed(address signer);
    error CannotVote(address signer);
    error TooLate(uint256 since);
    error TooEarly(uint256 until);
    error NothingToClaim(address account);
    error StakeLeavesTooSoon(uint256 delay, uint256 needed);

    /// @notice Disputes an attestation, and the deed under it. Takes the bond.
    /// @param deedId A deed of the batch, where it is one's attestation; 0: the asset's own deed, if there is one.
    /// @param evidenceHash Of what the challenger shows, for the record.
    function open(bytes32 assetKey, bytes32 manifestRoot, uint256 deedId, bytes32 evidenceHash)
        external
        returns (uint256 id);

    /// @notice Names a signer of the disputed attestation, in its newest epoch, by his signature; he may not vote and his
    /// stake is held. Anyone, before he has voted and before the vote ends.
    function accuse(uint256 id, IFaultProver.SignedStatement calldata signed) external;

    /// @notice Votes with the caller's stake at the dispute's opening. Signing keys only, not the accused.
    function vote(uint256 id, bool upheld) external;

    /// @notice Asks governance to decide instead, with a bond, after the vote and before its appeal time is over. Anyone.
    function appeal(uint256 id) external;

    /// @notice Decides an appealed dispute, within the time governance has. Governance only.
    function decide(uint256 id, bool upheld) external;

    /// @notice Ends a dispute that was not appealed, or that governance did not decide in time (the second bond then comes
    /// back): upheld where the majority says so and a third of all other stake voted.
    function conclude(uint256 id) external;

    /// @notice Slashes an accused signer of an upheld dispute. Anyone.
    function punish(uint256 id, address signer) external;

    /// @notice Pays out the caller's bonds that came back and what he won.
    function claim(address to) external returns (uint256 amount);

    /// @notice A dispute.
    function dispute(uint256 id) external view returns (Dispute memory);
}
