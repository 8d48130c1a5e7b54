// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {IEigenStake} from "../../interfaces/IEigenStake.sol";
import {IStakeSource} from "../../interfaces/IStakeSource.sol";
import {
    IAllocationManager,
    IAVSRegistrar,
    IDelegationManager,
    IStrategy,
    OperatorSet
} from "../../interfaces/external/IEigenLayer.sol";
import {WeightHistory} from "../WeightHistory.sol";
import {OperatorKeys} from "./OperatorKeys.sol";
import {SlashProceeds} from "./SlashProceeds.sol";

/// @title Stake restaked through EigenLayer
/// @notice This contract is the AVS, its registrar and its slasher. EigenLayer does not remember past stake, so {capture}
/// reads it, and a reading counts for a limited time: a stake that was read stays slashable for the deallocation delay,
/// of which the reading's age is taken off.
/// @dev Not upgradeable. Slashed stake is redistributed to this contract, whenever somebody has EigenLayer send it:
/// rewards are credited at once and paid when there is something here.
contract EigenStake is IEigenStake, IAVSRegistrar, OperatorKeys, SlashProceeds, AccessManaged {
    using WeightHistory for WeightHistory.History;
    using Checkpoints for Checkpoints.Trace208;

    uint256 private constant FULL = 10_000;
    /// @notice Seconds between blocks of the chain EigenLayer's core is on (Ethereum); a missed slot only makes it more.
    uint256 public constant BLOCK_TIME = 12;
    /// @notice The one operator set.
    uint32 public constant SET = 0;

    /// @notice EigenLayer's allocations.
    IAllocationManager public immutable ALLOCATIONS;
    /// @notice The one strategy whose shares count.
    IStrategy public immutable STRATEGY;
    /// @notice Least slashable stake an operator registers with, shares.
    uint256 public immutable MINIMUM_STAKE;
    /// @notice How long captured weights count, seconds.
    uint48 public immutable MAX_CAPTURE_AGE;
    uint32 private immutable HORIZON;
    uint48 private immutable DELAY;

    mapping(address signer => WeightHistory.History) private _weights;
    WeightHistory.History private _total;
    /// @dev Seconds at which weights were read: key and value are the same.
    Checkpoints.Trace208 private _captures;

    modifier onlyAllocations(address avs) {
        if (msg.sender != address(ALLOCATIONS)) revert OnlyAllocationManager(msg.sender);
        if (avs != address(this)) revert OtherSet(avs);
        _;
    }

    /// @param authority Access manager; knows slashers and governance.
    constructor(
        address authority,
        IAllocationManager allocations,
        IDelegationManager delegation,
        IStrategy strategy,
        Setup memory setup
    ) SlashProceeds(IERC20(strategy.underlyingToken()), setup.sink) AccessManaged(authority) {
        uint256 blocks = Math.min(allocations.DEALLOCATION_DELAY(), delegation.minWithdrawalDelayBlocks());
        (, uint256 delay) = Math.trySub((blocks - 1) * BLOCK_TIME, setup.maxCaptureAge);
        uint256 shortest = uint256(setup.challengeWindow) + setup.slack;
        if (delay <= shortest) revert WithdrawalDelayTooShort(delay, shortest + 1);
        (ALLOCATIONS, STRATEGY, MINIMUM_STAKE) = (allocations, strategy, setup.minimumStake);
        (MAX_CAPTURE_AGE, HORIZON, DELAY) = (setup.maxCaptureAge, uint32(blocks - 1), uint48(delay));
    }

    /// @inheritdoc IEigenStake
    function open(string calldata metadataUri) external restricted {
        emit Opened(metadataUri);
        ALLOCATIONS.updateAVSMetadataURI(address(this), metadataUri);
        ALLOCATIONS.setAVSRegistrar(address(this), address(this));
        IAllocationManager.CreateSetParamsV2[] memory sets = new IAllocationManager.CreateSetParamsV2[](1);
        sets[0] = IAllocationManager.CreateSetParamsV2(SET, _strategies(), address(this));
        ALLOCATIONS.createRedistributingOperatorSets(address(this), sets, _one(address(this)));
    }

    /* REGISTRAR */

    /// @inheritdoc IAVSRegistrar
    /// @dev `data` is the abi-encoded address of the signing key. The key counts from the next capture.
    function registerOperator(address operator, address avs, uint32[] calldata, bytes calldata data)
        external
        onlyAllocations(avs)
    {
        uint256 stake = stakeOf(operator);
        if (stake < MINIMUM_STAKE) revert StakeTooSmall(stake, MINIMUM_STAKE);
        _bind(operator, abi.decode(data, (address)));
    }

    /// @inheritdoc IAVSRegistrar
    function deregisterOperator(address operator, address avs, uint32[] calldata) external onlyAllocations(avs) {
        _drop(signerOf(operator));
        _unbind(operator);
    }

    /// @inheritdoc IAVSRegistrar
    function supportsAVS(address avs) external view returns (bool) {
        return avs == address(this);
    }

    /* SLASHING */

    /// @inheritdoc IStakeSource
    /// @dev EigenLayer takes the part of what is allocated now, what leaves included: the second makes no difference.
    function slash(address operator, uint256 bps, uint48, address beneficiary, uint256 rewardBps, bytes32 fault)
        external
        restricted
        returns (uint256 taken)
    {
        if (bps > FULL || rewardBps > FULL) revert BadFraction(Math.max(bps, rewardBps));
        _drop(signerOf(operator));
        _jail(operator);
        if (bps != 0 && ALLOCATIONS.isOperatorSlashable(operator, _set())) taken = _slash(operator, bps, fault);
        uint256 reward = _reward(beneficiary, taken, rewardBps);
        emit Slashed(operator, beneficiary, taken, reward, fault);
    }

    /// @inheritdoc IStakeSource
    /// @dev EigenLayer's delays, which the constructor made sure are long enough, do it.
    function hold(address operator, uint48 until) external restricted {
        emit Held(operator, until);
    }

    /// @inheritdoc IStakeSource
    function reinstate(address operator) external restricted {
        jailed[operator] = false;
        emit Reinstated(operator);
    }

    /* WEIGHTS */

    /// @inheritdoc IEigenStake
    function capture() external returns (uint256 total) {
        address[] memory all = operators();
        uint256[] memory stakes = _stakes(all);
        for (uint256 i; i < all.length; ++i) {
            address signer = signerOf(all[i]);
            if (signer == address(0)) continue;
            uint256 stake = stakes[i] < MINIMUM_STAKE ? 0 : stakes[i];
            _weights[signer].push(stake);
            total += stake;
        }
        _total.push(total);
        _captures.push(uint48(block.timestamp), uint48(block.timestamp));
        emit Captured(block.timestamp, total);
    }

    /// @inheritdoc IEigenStake
    function stakeOf(address operator) public view returns (uint256) {
        return _stakes(_one(operator))[0];
    }

    /// @inheritdoc IStakeSource
    function weightAt(address signer, uint256 time) public view returns (uint256) {
        return _isFresh(time) ? _weights[signer].valueAt(time) : 0;
    }

    /// @inheritdoc IStakeSource
    function totalWeightAt(uint256 time) public view returns (uint256) {
        return _isFresh(time) ? _total.valueAt(time) : 0;
    }

    /// @inheritdoc IStakeSource
    function weightsAt(address[] calldata signers, uint256 time) external view returns (uint256 sum, uint256 total) {
        if (!_isFresh(time)) return (0, 0);
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

    function _seatTime() internal view override returns (uint256) {
        return DELAY;
    }

    function _set() private view returns (OperatorSet memory) {
        return OperatorSet(address(this), SET);
    }

    function _strategies() private view returns (address[] memory) {
        return _one(address(STRATEGY));
    }

    function _one(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }

    function _isFresh(uint256 time) private view returns (bool) {
        if (time > block.timestamp) revert FutureLookup(time, block.timestamp);
        uint256 captured = _captures.upperLookupRecent(uint48(time));
        return captured != 0 && time - captured <= MAX_CAPTURE_AGE;
    }

    /// @dev What stays slashable for the whole delay, whatever is taken out from now on.
    function _stakes(address[] memory all) private view returns (uint256[] memory stakes) {
        stakes = new uint256[](all.length);
        if (all.length == 0) return stakes;
        uint256[][] memory found =
            ALLOCATIONS.getMinimumSlashableStake(_set(), all, _strategies(), uint32(block.number) + HORIZON);
        for (uint256 i; i < all.length; ++i) {
            stakes[i] = found[i][0];
        }
    }

    /// @dev Takes a key's weight out of the total at once.
    function _drop(address signer) private {
        uint256 weight = _weights[signer].latest();
        if (signer == address(0) || weight == 0) return;
        _weights[signer].push(0);
        _total.push(_total.latest() - weight);
    }

    function _slash(address operator, uint256 bps, bytes32 fault) private returns (uint256 taken) {
        uint256[] memory wads = new uint256[](1);
        wads[0] = bps * 1e14;
        string memory what = Strings.toHexString(uint256(fault), 32);
        (uint256 slashId, uint256[] memory shares) = ALLOCATIONS.slashOperator(
            address(this), IAllocationManager.SlashingParams(operator, SET, _strategies(), wads, what)
        );
        emit EigenSlash(operator, slashId, shares[0]);
        return STRATEGY.sharesToUnderlyingView(shares[0]);
    }
}
