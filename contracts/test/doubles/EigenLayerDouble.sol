// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {
    IAllocationManager,
    IAVSRegistrar,
    IDelegationManager,
    IStrategy,
    OperatorSet
} from "../../src/interfaces/external/IEigenLayer.sol";

/// @dev A double of EigenLayer's AllocationManager, DelegationManager and one strategy, because no package carries the
/// real ones. It keeps to what their documentation says of release 1.9: an AVS announces itself before it makes sets; a
/// set has one slasher; magnitudes are of 1e18; what is allocated counts after the operator's allocation delay, what is
/// taken out of a set, and an operator who left it, stay slashable for DEALLOCATION_DELAY blocks; withdrawals in the
/// queue stay slashable for the withdrawal delay, though they count in no reading; slashing takes a part of the
/// allocated magnitude, for good; what is slashed waits until somebody sends it to the set's recipient. Shares are worth
/// one token each.
contract EigenLayerDouble is IAllocationManager, IDelegationManager, IStrategy {
    struct Allocation {
        uint64 current;
        int128 pending;
        uint32 effectBlock;
    }

    struct Withdrawal {
        address operator;
        uint256 shares;
        uint32 from;
    }

    uint64 internal constant WAD = 1e18;
    // solhint-disable-next-line var-name-mixedcase
    uint32 public immutable DEALLOCATION_DELAY;
    uint32 public minWithdrawalDelayBlocks;
    IERC20 public immutable TOKEN;

    mapping(address avs => bool) public announced;
    mapping(address avs => address) public registrarOf;
    mapping(address avs => mapping(uint32 id => address)) public slasherOf;
    mapping(address avs => mapping(uint32 id => address)) public recipientOf;
    mapping(address operator => uint256) public shares;
    mapping(address operator => uint64) public maxMagnitude;
    mapping(address operator => uint32) public allocationDelay;
    mapping(address operator => mapping(bytes32 set => Allocation)) public allocations;
    mapping(address operator => mapping(bytes32 set => bool)) public registered;
    mapping(address operator => mapping(bytes32 set => uint32)) public slashableUntil;
    Withdrawal[] public queue;
    uint256 public slashes;
    mapping(bytes32 set => uint256) public waiting;

    error NonexistentAVSMetadata();
    error InvalidAVSRegistrar();
    error InvalidOperatorSet();
    error InvalidCaller();
    error OperatorNotSlashable();
    error InvalidWadToSlash();
    error ModificationAlreadyPending();
    error InsufficientMagnitude();
    error WithdrawalDelayNotElapsed();

    constructor(IERC20 token, uint32 deallocationDelay, uint32 withdrawalDelay) {
        (TOKEN, DEALLOCATION_DELAY, minWithdrawalDelayBlocks) = (token, deallocationDelay, withdrawalDelay);
    }

    /* AVS */

    function updateAVSMetadataURI(address avs, string calldata) external {
        if (msg.sender != avs) revert InvalidCaller();
        announced[avs] = true;
    }

    function setAVSRegistrar(address avs, address registrar) external {
        if (msg.sender != avs) revert InvalidCaller();
        if (!IAVSRegistrar(registrar).supportsAVS(avs)) revert InvalidAVSRegistrar();
        registrarOf[avs] = registrar;
    }

    function createRedistributingOperatorSets(
        address avs,
        CreateSetParamsV2[] calldata params,
        address[] calldata recipients
    ) external {
        if (msg.sender != avs) revert InvalidCaller();
        if (!announced[avs]) revert NonexistentAVSMetadata();
        for (uint256 i; i < params.length; ++i) {
            if (slasherOf[avs][params[i].operatorSetId] != address(0)) revert InvalidOperatorSet();
            slasherOf[avs][params[i].operatorSetId] = params[i].slasher;
            recipientOf[avs][params[i].operatorSetId] = recipients[i];
        }
    }

    /* OPERATORS AND STAKERS */

    function delegate(address operator, uint256 amount) external {
        if (maxMagnitude[operator] == 0 && shares[operator] == 0) maxMagnitude[operator] = WAD;
        shares[operator] += amount;
        TOKEN.transferFrom(msg.sender, address(this), amount);
    }

    function setAllocationDelay(uint32 delay) external {
        allocationDelay[msg.sender] = delay;
    }

    function modifyAllocation(OperatorSet calldata set, uint64 magnitude) external {
        bytes32 key = keyOf(set);
        Allocation memory now_ = _settled(msg.sender, key);
        if (now_.pending != 0) revert ModificationAlreadyPending();
        if (magnitude > maxMagnitude[msg.sender]) revert InsufficientMagnitude();
        bool slashable = isOperatorSlashable(msg.sender, set);
        if (magnitude >= now_.current) {
            now_.effectBlock = uint32(block.number) + allocationDelay[msg.sender];
        } else {
            now_.effectBlock = uint32(block.number) + (slashable ? DEALLOCATION_DELAY + 1 : 0);
        }
        now_.pending = int128(uint128(magnitude)) - int128(uint128(now_.current));
        allocations[msg.sender][key] = now_;
    }

    function registerForOperatorSets(address avs, uint32[] calldata ids, bytes calldata data) external {
        for (uint256 i; i < ids.length; ++i) {
            if (slasherOf[avs][ids[i]] == address(0)) revert InvalidOperatorSet();
            registered[msg.sender][keyOf(OperatorSet(avs, ids[i]))] = true;
        }
        IAVSRegistrar(registrarOf[avs]).registerOperator(msg.sender, avs, ids, data);
    }

    function deregisterFromOperatorSets(address avs, uint32[] calldata ids) external {
        for (uint256 i; i < ids.length; ++i) {
            bytes32 key = keyOf(OperatorSet(avs, ids[i]));
            registered[msg.sender][key] = false;
            slashableUntil[msg.sender][key] = uint32(block.number) + DEALLOCATION_DELAY;
        }
        IAVSRegistrar(registrarOf[avs]).deregisterOperator(msg.sender, avs, ids);
    }

    function queueWithdrawal(address operator, uint256 amount) external {
        shares[operator] -= amount;
        queue.push(Withdrawal(operator, amount, uint32(block.number)));
    }

    function completeWithdrawal(uint256 index, address to) external {
        Withdrawal memory one = queue[index];
        if (block.number <= uint256(one.from) + minWithdrawalDelayBlocks) revert WithdrawalDelayNotElapsed();
        delete queue[index];
        TOKEN.transfer(to, one.shares);
    }

    /* SLASHING */

    function slashOperator(address avs, SlashingParams calldata params)
        external
        returns (uint256 slashId, uint256[] memory taken)
    {
        OperatorSet memory set = OperatorSet(avs, params.operatorSetId);
        if (msg.sender != slasherOf[avs][set.id]) revert InvalidCaller();
        if (!isOperatorSlashable(params.operator, set)) revert OperatorNotSlashable();
        uint256 wad = params.wadsToSlash[0];
        if (wad == 0 || wad > WAD) revert InvalidWadToSlash();
        bytes32 key = keyOf(set);
        Allocation memory now_ = _settled(params.operator, key);
        taken = new uint256[](1);
        slashId = ++slashes;
        if (now_.current == 0) return (slashId, taken);
        uint64 magnitude = uint64((uint256(now_.current) * wad + WAD - 1) / WAD);
        uint256 part = uint256(magnitude) * WAD / maxMagnitude[params.operator];
        now_.current -= magnitude;
        if (now_.pending < 0) now_.pending -= int128(now_.pending * int256(wad) / int256(uint256(WAD)));
        allocations[params.operator][key] = now_;
        maxMagnitude[params.operator] -= magnitude;
        taken[0] = _take(params.operator, part);
        waiting[key] += taken[0];
    }

    /// @dev EigenLayer's StrategyManager lets anyone send what a slashing took.
    function clearBurnOrRedistributableShares(OperatorSet calldata set) external {
        bytes32 key = keyOf(set);
        uint256 amount = waiting[key];
        waiting[key] = 0;
        TOKEN.transfer(recipientOf[set.avs][set.id], amount);
    }

    /* READING */

    function getMinimumSlashableStake(
        OperatorSet calldata set,
        address[] calldata operators,
        address[] calldata,
        uint32 futureBlock
    ) external view returns (uint256[][] memory stakes) {
        stakes = new uint256[][](operators.length);
        for (uint256 i; i < operators.length; ++i) {
            stakes[i] = new uint256[](1);
            if (!isOperatorSlashable(operators[i], set)) continue;
            Allocation memory now_ = _settled(operators[i], keyOf(set));
            uint256 magnitude = now_.current;
            if (now_.pending < 0 && now_.effectBlock <= futureBlock) magnitude -= uint128(-now_.pending);
            if (maxMagnitude[operators[i]] == 0) continue;
            stakes[i][0] = shares[operators[i]] * magnitude / maxMagnitude[operators[i]];
        }
    }

    function isOperatorSlashable(address operator, OperatorSet memory set) public view returns (bool) {
        bytes32 key = keyOf(set);
        return registered[operator][key] || block.number <= slashableUntil[operator][key];
    }

    function queueLength() external view returns (uint256) {
        return queue.length;
    }

    function underlyingToken() external view returns (address) {
        return address(TOKEN);
    }

    function sharesToUnderlyingView(uint256 amount) external pure returns (uint256) {
        return amount;
    }

    function keyOf(OperatorSet memory set) public pure returns (bytes32) {
        return keccak256(abi.encode(set));
    }

    /* INTERNAL */

    function _settled(address operator, bytes32 key) private view returns (Allocation memory now_) {
        now_ = allocations[operator][key];
        if (now_.pending != 0 && block.number >= now_.effectBlock) {
            now_.current = uint64(uint128(int128(uint128(now_.current)) + now_.pending));
            now_.pending = 0;
        }
    }

    /// @dev From the delegated shares and, alike, from what is in the queue and can still be slashed.
    function _take(address operator, uint256 part) private returns (uint256 taken) {
        taken = shares[operator] * part / WAD;
        shares[operator] -= taken;
        for (uint256 i; i < queue.length; ++i) {
            bool ours = queue[i].operator == operator;
            if (!ours || block.number > uint256(queue[i].from) + minWithdrawalDelayBlocks) continue;
            uint256 cut = queue[i].shares * part / WAD;
            queue[i].shares -= cut;
            taken += cut;
        }
    }
}
