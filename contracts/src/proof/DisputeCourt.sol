// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAssetRegistry} from "../interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IDisputeCourt} from "../interfaces/IDisputeCourt.sol";
import {IFaultProver} from "../interfaces/IFaultProver.sol";
import {IStakeSource} from "../interfaces/IStakeSource.sol";

/// @title Disputes that no proof settles
/// @dev Not upgradeable. Bonds in = bonds out, always: a lost bond goes to the other side, or to the treasury.
contract DisputeCourt is IDisputeCourt, AccessManaged {
    using SafeERC20 for IERC20;

    /// @notice How a court is set up.
    struct Setup {
        uint128 bond;
        uint48 voting;
        uint48 appealTime;
        uint48 decision;
        uint48 execution;
        uint16 slashBps;
        uint16 rewardBps;
        address treasury;
    }

    /// @notice Token of the bonds, GAIB.
    IERC20 public immutable TOKEN;
    /// @notice Whose stake votes and is slashed.
    IStakeSource public immutable VALIDATORS;
    /// @notice What is disputed.
    IAttestationRegistry public immutable ATTESTATIONS;
    /// @notice Deeds that are frozen meanwhile.
    IAssetRegistry public immutable REGISTRY;
    /// @notice Bond of a challenge, and of an appeal, base units.
    uint128 public immutable BOND;
    /// @notice Length of the vote, seconds.
    uint48 public immutable VOTING;
    /// @notice Time for an appeal after the vote, seconds.
    uint48 public immutable APPEAL;
    /// @notice Time governance has after that, seconds.
    uint48 public immutable DECISION;
    /// @notice Time to punish after the last moment of a decision, seconds: the accused are held until it is over.
    uint48 public immutable EXECUTION;
    /// @notice Part of an accused's stake that is taken, ten-thousandths.
    uint16 public immutable SLASH_BPS;
    /// @notice Part of that for the challenger, ten-thousandths.
    uint16 public immutable REWARD_BPS;
    /// @notice Gets bonds that nobody won.
    address public immutable TREASURY;

    /// @notice Disputes ever opened; ids count from 1.
    uint256 public count;
    /// @notice Credited and not yet claimed, base units.
    mapping(address account => uint256) public credit;
    /// @dev The second whose stake vouched for what a signer is accused of; 0 where he is not.
    mapping(uint256 id => mapping(address signer => uint48)) private _accusedAt;
    mapping(uint256 id => mapping(address signer => bool)) private _voted;
    mapping(uint256 id => mapping(address signer => bool)) private _punished;
    mapping(uint256 id => Dispute) private _disputes;

    /// @param authority Access manager; knows governance.
    constructor(
        address authority,
        IERC20 token,
        IStakeSource validators,
        IAttestationRegistry attestations,
        IAssetRegistry registry,
        Setup memory setup
    ) AccessManaged(authority) {
        uint256 needed = attestations.maxStatementAge() + attestations.challengeWindow() + setup.voting
            + setup.appealTime + setup.decision + setup.execution;
        if (validators.withdrawalDelay() <= needed) revert StakeLeavesTooSoon(validators.withdrawalDelay(), needed);
        (TOKEN, VALIDATORS, ATTESTATIONS, REGISTRY) = (token, validators, attestations, registry);
        (BOND, VOTING, APPEAL) = (setup.bond, setup.voting, setup.appealTime);
        (DECISION, EXECUTION) = (setup.decision, setup.execution);
        (SLASH_BPS, REWARD_BPS, TREASURY) = (setup.slashBps, setup.rewardBps, setup.treasury);
    }

    /* OPENING */

    /// @inheritdoc IDisputeCourt
    function open(bytes32 assetKey, bytes32 manifestRoot, uint256 deedId, bytes32 evidenceHash)
        external
        returns (uint256 id)
    {
        (,, uint48 attestedAt, bool disputed, bool annulled) = ATTESTATIONS.attestation(assetKey, manifestRoot);
        if (attestedAt == 0 || annulled) revert NotAttested(assetKey, manifestRoot);
        if (disputed) revert AlreadyDisputed(assetKey, manifestRoot);
        uint256 closes = uint256(attestedAt) + ATTESTATIONS.challengeWindow();
        if (block.timestamp > closes) revert WindowClosed(closes);
        if (deedId == 0) deedId = _deedUnder(assetKey, manifestRoot);
        id = ++count;
        Dispute storage self = _disputes[id];
        (self.assetKey, self.manifestRoot, self.deedId) = (assetKey, manifestRoot, deedId);
        (self.challenger, self.openedAt, self.phase) = (msg.sender, uint48(block.timestamp), Phase.Voting);
        emit DisputeOpened(id, assetKey, manifestRoot, deedId, evidenceHash);
        TOKEN.safeTransferFrom(msg.sender, address(this), BOND);
        ATTESTATIONS.markDispute(assetKey, manifestRoot, true);
        if (deedId == 0) return id;
        IAssetRegistry.Record memory deed = REGISTRY.record(deedId);
        if (deed.attestationKey != assetKey || deed.manifestRoot != manifestRoot) revert DeedMismatch(deedId);
        REGISTRY.setDisputed(deedId, true, "dispute");
    }

    /// @inheritdoc IDisputeCourt
    function accuse(uint256 id, IFaultProver.SignedStatement calldata signed) external {
        Dispute storage self = _inVote(id);
        (,, uint64 epoch) = ATTESTATIONS.attested(self.assetKey, self.manifestRoot);
        IAttestationRegistry.Statement calldata said = signed.statement;
        if (said.assetKey != self.assetKey || said.manifestRoot != self.manifestRoot || said.epoch != epoch) {
            revert OtherStatement(id);
        }
        bytes32 digest = ATTESTATIONS.attestationDigest(signed.statement, signed.evidenceHash);
        address signer = ECDSA.recoverCalldata(digest, signed.signature);
        address operator = VALIDATORS.operatorOfSigner(signer);
        if (operator == address(0)) revert NotAValidator(signer);
        if (accused(id, signer) || _voted[id][signer]) revert AlreadyNamed(signer);
        _accusedAt[id][signer] = uint48(ATTESTATIONS.epochStart(epoch));
        self.accusedWeight += SafeCast.toUint128(VALIDATORS.weightAt(signer, self.openedAt));
        emit Accused(id, signer);
        VALIDATORS.hold(operator, self.openedAt + VOTING + APPEAL + DECISION + EXECUTION);
    }

    /* DECIDING */

    /// @inheritdoc IDisputeCourt
    function vote(uint256 id, bool upheld) external {
        Dispute storage self = _inVote(id);
        uint128 weight = SafeCast.toUint128(VALIDATORS.weightAt(msg.sender, self.openedAt));
        if (weight == 0 || accused(id, msg.sender) || _voted[id][msg.sender]) revert CannotVote(msg.sender);
        _voted[id][msg.sender] = true;
        if (upheld) self.upheldWeight += weight;
        else self.rejectedWeight += weight;
        emit Voted(id, msg.sender, upheld, weight);
    }

    /// @inheritdoc IDisputeCourt
    function appeal(uint256 id) external {
        Dispute storage self = _inPhase(id, Phase.Voting);
        uint256 ends = uint256(self.openedAt) + VOTING;
        if (block.timestamp < ends) revert TooEarly(ends);
        if (block.timestamp >= ends + APPEAL) revert TooLate(ends + APPEAL);
        (self.phase, self.appellant) = (Phase.Appealed, msg.sender);
        emit Appealed(id, msg.sender);
        TOKEN.safeTransferFrom(msg.sender, address(this), BOND);
    }

    /// @inheritdoc IDisputeCourt
    function decide(uint256 id, bool upheld) external restricted {
        Dispute storage self = _inPhase(id, Phase.Appealed);
        uint256 ends = uint256(self.openedAt) + VOTING + APPEAL + DECISION;
        if (block.timestamp >= ends) revert TooLate(ends);
        bool turned = upheld != _voteUpheld(self);
        credit[turned ? self.appellant : TREASURY] += BOND;
        _end(id, self, upheld, true);
    }

    /// @inheritdoc IDisputeCourt
    function conclude(uint256 id) external {
        Dispute storage self = _disputes[id];
        bool appealed = self.phase == Phase.Appealed;
        if (!appealed) _inPhase(id, Phase.Voting);
        uint256 ends = uint256(self.openedAt) + VOTING + APPEAL + (appealed ? DECISION : 0);
        if (block.timestamp < ends) revert TooEarly(ends);
        if (appealed) credit[self.appellant] += BOND;
        _end(id, self, _voteUpheld(self), false);
    }

    /// @inheritdoc IDisputeCourt
    function punish(uint256 id, address signer) external {
        Dispute storage self = _inPhase(id, Phase.Upheld);
        uint48 at = _accusedAt[id][signer];
        if (at == 0) revert NotAValidator(signer);
        if (_punished[id][signer]) revert AlreadyNamed(signer);
        _punished[id][signer] = true;
        emit Punished(id, signer);
        address operator = VALIDATORS.operatorOfSigner(signer);
        bytes32 fault = keccak256(abi.encode("dispute", id));
        VALIDATORS.slash(operator, SLASH_BPS, at, self.challenger, REWARD_BPS, fault);
    }

    /// @inheritdoc IDisputeCourt
    function claim(address to) external returns (uint256 amount) {
        amount = credit[msg.sender];
        if (amount == 0) revert NothingToClaim(msg.sender);
        credit[msg.sender] = 0;
        TOKEN.safeTransfer(to, amount);
    }

    /// @inheritdoc IDisputeCourt
    function dispute(uint256 id) external view returns (Dispute memory) {
        return _disputes[id];
    }

    /// @notice Whether a signer is accused in a dispute.
    function accused(uint256 id, address signer) public view returns (bool) {
        return _accusedAt[id][signer] != 0;
    }

    /* INTERNAL */

    function _inPhase(uint256 id, Phase wanted) private view returns (Dispute storage self) {
        self = _disputes[id];
        if (self.phase != wanted) revert WrongPhase(id, self.phase);
    }

    /// @dev The vote runs from the second after the opening, when the stake of that second can change no more, to its end:
    /// who is accused later would change what the votes had decided.
    function _inVote(uint256 id) private view returns (Dispute storage self) {
        self = _inPhase(id, Phase.Voting);
        uint256 ends = uint256(self.openedAt) + VOTING;
        if (block.timestamp >= ends) revert TooLate(ends);
        if (block.timestamp == self.openedAt) revert TooEarly(self.openedAt + 1);
    }

    /// @dev The live deed of the asset under this manifest, so that a dispute that names none freezes it all the same.
    function _deedUnder(bytes32 assetKey, bytes32 manifestRoot) private view returns (uint256 deedId) {
        deedId = REGISTRY.deedOf(assetKey);
        if (deedId != 0 && REGISTRY.record(deedId).manifestRoot != manifestRoot) deedId = 0;
    }

    /// @dev A majority of the votes, and votes of at least a third of the stake that is not accused.
    function _voteUpheld(Dispute storage self) private view returns (bool) {
        uint256 others = VALIDATORS.totalWeightAt(self.openedAt) - self.accusedWeight;
        uint256 cast = uint256(self.upheldWeight) + self.rejectedWeight;
        return cast != 0 && cast * 3 >= others && self.upheldWeight > self.rejectedWeight;
    }

    function _end(uint256 id, Dispute storage self, bool upheld, bool byGovernance) private {
        self.phase = upheld ? Phase.Upheld : Phase.Rejected;
        credit[upheld ? self.challenger : TREASURY] += BOND;
        emit Decided(id, upheld, byGovernance);
        ATTESTATIONS.markDispute(self.assetKey, self.manifestRoot, false);
        if (upheld) ATTESTATIONS.annul(self.assetKey, self.manifestRoot);
        if (self.deedId == 0 || REGISTRY.record(self.deedId).owner == address(0)) return;
        if (upheld) REGISTRY.annul(self.deedId, "dispute upheld");
        else REGISTRY.setDisputed(self.deedId, false, "dispute rejected");
    }
}
