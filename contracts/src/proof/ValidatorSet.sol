// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakeSource} from "../interfaces/IStakeSource.sol";
import {IValidatorSet} from "../interfaces/IValidatorSet.sol";
import {WeightHistory} from "./WeightHistory.sol";

/// @title Validators and their stake, held in GAIB
/// @dev Not upgradeable. Stake in = active + leaving + rewards owed + slashed and not yet burned, always.
contract ValidatorSet is IValidatorSet, AccessManaged {
    using SafeERC20 for IERC20;
    using WeightHistory for WeightHistory.History;

    /* IMMUTABLES */

    /// @notice The staked token.
    IERC20 public immutable TOKEN;
    /// @notice Smallest stake that counts, base units.
    uint256 public immutable MINIMUM_STAKE;
    uint48 private immutable DELAY;

    /* STORAGE */

    mapping(address operator => Operator) private _operators;
    mapping(address operator => uint48) private _heldUntil;
    mapping(address signer => address) private _operatorOfSigner;
    mapping(address signer => WeightHistory.History) private _weights;
    WeightHistory.History private _total;

    /// @notice Rewards that wait to be claimed, base units.
    mapping(address beneficiary => uint256) public rewards;
    /// @notice Slashed and waiting to be burned, base units.
    uint256 public slashedPot;

    /// @param authority Access manager; knows the slashers and governance.
    /// @param token GAIB.
    /// @param minimumStake Base units.
    /// @param withdrawalDelay_ Seconds; must exceed `challengeWindow + slack`.
    /// @param challengeWindow Seconds an attestation can be disputed.
    /// @param slack Seconds for a dispute to be decided and executed.
    constructor(
        address authority,
        IERC20 token,
        uint256 minimumStake,
        uint48 withdrawalDelay_,
        uint48 challengeWindow,
        uint48 slack
    ) AccessManaged(authority) {
        uint256 shortest = uint256(challengeWindow) + slack;
        if (withdrawalDelay_ <= shortest) revert WithdrawalDelayTooShort(withdrawalDelay_, shortest + 1);
        TOKEN = token;
        MINIMUM_STAKE = minimumStake;
        DELAY = withdrawalDelay_;
    }

    /* STAKE */

    /// @inheritdoc IValidatorSet
    function stake(uint256 amount, address signer) external {
        Operator storage self = _operators[msg.sender];
        if (self.jailed) revert OperatorJailed(msg.sender);
        uint256 active = self.active + amount;
        if (active < MINIMUM_STAKE) revert StakeTooSmall(active, MINIMUM_STAKE);
        if (signer != self.signer) _moveSigner(self, signer);
        _setActive(self, active);
        emit Staked(msg.sender, signer, amount);
        TOKEN.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IValidatorSet
    function changeSigner(address signer) external {
        Operator storage self = _operators[msg.sender];
        if (self.signer == address(0)) revert UnknownOperator(msg.sender);
        _moveSigner(self, signer);
        _weights[signer].push(self.active);
    }

    /// @inheritdoc IValidatorSet
    function requestUnstake(uint256 amount) external {
        Operator storage self = _operators[msg.sender];
        uint256 active = self.active - amount;
        if (active != 0 && active < MINIMUM_STAKE) revert StakeTooSmall(active, MINIMUM_STAKE);
        _setActive(self, active);
        self.leaving += SafeCast.toUint96(amount);
        self.leavesAt = uint48(block.timestamp) + DELAY;
        emit UnstakeRequested(msg.sender, amount, self.leavesAt);
    }

    /// @inheritdoc IValidatorSet
    function withdraw(address to) external returns (uint256 amount) {
        Operator storage self = _operators[msg.sender];
        amount = self.leaving;
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        uint256 until = Math.max(self.leavesAt, _heldUntil[msg.sender]);
        if (block.timestamp < until) revert StillLocked(msg.sender, until);
        self.leaving = 0;
        emit Withdrawn(msg.sender, to, amount);
        TOKEN.safeTransfer(to, amount);
    }

    /* SLASHING */

    /// @inheritdoc IStakeSource
    /// @dev All of it is here, active or leaving, so the second it is punished for makes no difference. The rest begins
    /// to leave; what is taken and not given away is burned.
    function slash(address operator, uint256 bps, uint48, address beneficiary, uint256 rewardBps, bytes32 fault)
        external
        restricted
        returns (uint256 taken)
    {
        if (bps > 10_000 || rewardBps > 10_000) revert BadFraction(Math.max(bps, rewardBps));
        Operator storage self = _operators[operator];
        uint256 left = uint256(self.active) + self.leaving;
        taken = Math.mulDiv(left, bps, 10_000, Math.Rounding.Ceil);
        left -= taken;
        if (self.active != 0) _setActive(self, 0);
        self.leaving = SafeCast.toUint96(left);
        self.leavesAt = uint48(block.timestamp) + DELAY;
        self.jailed = true;
        uint256 reward = beneficiary == address(0) ? 0 : Math.mulDiv(taken, rewardBps, 10_000);
        rewards[beneficiary] += reward;
        slashedPot += taken - reward;
        emit Slashed(operator, beneficiary, taken, reward, fault);
    }

    /// @inheritdoc IStakeSource
    function hold(address operator, uint48 until) external restricted {
        if (until <= _heldUntil[operator]) return;
        _heldUntil[operator] = until;
        emit Held(operator, until);
    }

    /// @inheritdoc IStakeSource
    function reinstate(address operator) external restricted {
        _operators[operator].jailed = false;
        emit Reinstated(operator);
    }

    /// @inheritdoc IValidatorSet
    function claimReward(address to) external returns (uint256 amount) {
        amount = rewards[msg.sender];
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        rewards[msg.sender] = 0;
        TOKEN.safeTransfer(to, amount);
    }

    /// @inheritdoc IValidatorSet
    function burnSlashed() external returns (uint256 amount) {
        amount = slashedPot;
        slashedPot = 0;
        ERC20Burnable(address(TOKEN)).burn(amount);
    }

    /* READING */

    /// @inheritdoc IValidatorSet
    function operatorOf(address operator) external view returns (Operator memory) {
        return _operators[operator];
    }

    /// @inheritdoc IStakeSource
    function operatorOfSigner(address signer) external view returns (address) {
        return _operatorOfSigner[signer];
    }

    /// @inheritdoc IStakeSource
    function weightAt(address signer, uint256 time) external view returns (uint256) {
        _onlyPast(time);
        return _weights[signer].valueAt(time);
    }

    /// @inheritdoc IStakeSource
    function totalWeightAt(uint256 time) external view returns (uint256) {
        _onlyPast(time);
        return _total.valueAt(time);
    }

    /// @inheritdoc IStakeSource
    function weightsAt(address[] calldata signers, uint256 time) external view returns (uint256 sum, uint256 total) {
        _onlyPast(time);
        for (uint256 i; i < signers.length; ++i) {
            sum += _weights[signers[i]].valueAt(time);
        }
        total = _total.valueAt(time);
    }

    /// @inheritdoc IStakeSource
    function withdrawalDelay() external view returns (uint48) {
        return DELAY;
    }

    /* INTERNAL */

    function _onlyPast(uint256 time) private view {
        if (time > block.timestamp) revert FutureLookup(time, block.timestamp);
    }

    /// @dev A key stays bound to its first operator for good: its old signatures must stay slashable.
    function _moveSigner(Operator storage self, address signer) private {
        address bound = _operatorOfSigner[signer];
        if (signer == address(0) || (bound != address(0) && bound != msg.sender)) revert SignerTaken(signer, bound);
        address from = self.signer;
        if (from != address(0)) _weights[from].push(0);
        _operatorOfSigner[signer] = msg.sender;
        self.signer = signer;
        emit SignerChanged(msg.sender, from, signer);
    }

    function _setActive(Operator storage self, uint256 active) private {
        _total.push(_total.latest() + active - self.active);
        self.active = SafeCast.toUint96(active);
        _weights[self.signer].push(active);
    }
}
